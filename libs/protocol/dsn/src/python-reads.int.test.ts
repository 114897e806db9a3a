import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { formatDsn } from './index.ts';
import { failure } from './testing/example.ts';

const SCRIPT = `
import email, json, sys
from email import policy
message = email.message_from_bytes(sys.stdin.buffer.read(), policy=policy.default)
parts = list(message.iter_parts())
status = parts[1].get_payload()
print(json.dumps({
  'type': message.get_content_type(), 'report': message.get_param('report-type'), 'defects': [str(d) for p in message.walk() for d in p.defects],
  'parts': [p.get_content_type() for p in parts],
  'groups': [{k.lower(): str(v) for k, v in group.items()} for group in status],
}))`;

test("Python's email package reads the report: its parts, and status, action and recipient of each", () => {
  const { octets } = formatDsn(failure());
  const read = JSON.parse(execFileSync('python3', ['-c', SCRIPT], { input: octets, encoding: 'utf8' }));
  expect(read).toMatchObject({
    type: 'multipart/report',
    report: 'delivery-status',
    defects: [],
    parts: ['text/plain', 'message/delivery-status', 'text/rfc822-headers'],
  });
  expect(read.groups).toMatchObject([
    { 'reporting-mta': 'dns; mail.example.org', 'original-envelope-id': 'QQ314159' },
    {
      'final-recipient': 'rfc822; bob@b.example',
      action: 'failed',
      status: '5.1.1',
      'diagnostic-code': 'smtp; 550 5.1.1 no such user',
    },
    { 'final-recipient': 'rfc822; eve@c.example', action: 'failed', status: '5.4.7' },
  ]);
});
