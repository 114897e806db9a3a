import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { formatDsn } from './index.ts';
import { failure } from './testing/example.ts';

const SCRIPT = `
use strict; use JSON::PP; use Mail::DeliveryStatus::BounceParser;
my $bounce = Mail::DeliveryStatus::BounceParser->new(do { local $/; <STDIN> });
print encode_json({
  bounce => $bounce->is_bounce, original => $bounce->orig_message_id,
  reports => [map { my $r = $_; +{ map { $_ => $r->get($_) } qw(email action status smtp_code std_reason) } } $bounce->reports],
});`;

test("Perl's Mail::DeliveryStatus::BounceParser reads the report: status, action and recipient of each, and the original", () => {
  // As a mailbox keeps it: lines end in LF there.
  const input = formatDsn(failure()).octets.toString().replaceAll('\r\n', '\n');
  const read: unknown = JSON.parse(execFileSync('perl', ['-e', SCRIPT], { input, encoding: 'utf8' }));
  expect(read).toMatchObject({
    bounce: 1,
    original: '<1@app.example.org>',
    reports: [
      { email: 'Bob@b.example', action: 'failed', status: '5.1.1', smtp_code: '550', std_reason: 'user_unknown' },
      { email: 'eve@c.example', action: 'failed', status: '5.4.7' },
    ],
  });
});
