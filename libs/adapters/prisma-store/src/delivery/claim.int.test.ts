import { randomBytes } from 'node:crypto';
import { newMessageId } from '@postern/queue';
import { expect, test } from 'vitest';
import { claim, message, messageTo, outcomes, recipientIds, scenario } from '../testing/scenario.ts';

test('a claimed message carries what was accepted, octet for octet', async () => {
  const { store } = await scenario();
  const content = randomBytes(10_240);
  const given = message({
    content: { kind: 'inline', octets: content },
    sizeOctets: content.length,
    reversePath: '',
    body: '8BITMIME',
    traceFields: Buffer.from([0, 1, 0xff, 0x0d, 0x0a]),
  });
  await store.accept.accept([given]);
  const claimed = await claim(store);
  expect(claimed).toMatchObject({ recipients: 1, full: false });
  const [got] = claimed.messages;
  expect(got).toMatchObject({
    id: given.id,
    acceptedAt: given.acceptedAt,
    reversePath: '',
    sizeOctets: content.length,
    body: '8BITMIME',
    smtpUtf8: false,
    recipients: [{ forwardPath: 'rcpt@example.com', domain: 'example.com', attempt: 1 }],
  });
  expect(got?.traceFields.equals(given.traceFields)).toBe(true);
  expect(got?.content?.equals(content)).toBe(true);
});
