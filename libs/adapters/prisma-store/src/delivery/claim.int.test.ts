import { randomBytes } from 'node:crypto';
import { type Claim, newMessageId, UNRESOLVED_QUEUE } from '@postern/queue';
import { expect, test } from 'vitest';
import { claim, message, messageTo, outcomes, recipient, recipientIds, scenario } from '../testing/scenario.ts';

test('a claimed message carries what was accepted, octet for octet', async () => {
  const { store } = await scenario();
  const content = randomBytes(10_240);
  const given = message({
    content: { kind: 'inline', octets: content },
    sizeOctets: content.length,
    reversePath: '',
    body: '8BITMIME',
    traceFields: Buffer.from([0, 1, 0xff, 0x0d, 0x0a]),
    recipients: [recipient({ forwardPath: '"Jö\\" r"@example.com' })],
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
    recipients: [{ forwardPath: '"Jö\\" r"@example.com', domain: 'example.com', attempt: 1 }],
  });
  expect(got?.traceFields.equals(given.traceFields)).toBe(true);
  expect(got?.content?.equals(content)).toBe(true);
});

test('the due recipients of one message come together, also past the limit', async () => {
  const { store } = await scenario();
  await store.accept.accept([messageTo(5), messageTo(3)]);
  const first = await claim(store, { limit: 1 });
  expect(first).toMatchObject({ recipients: 5, full: true });
  expect(first.messages[0]?.recipients.map(({ forwardPath }) => forwardPath)).toEqual(
    [1, 2, 3, 4, 5].map((number) => `rcpt${number}@example.com`),
  );
  expect(await claim(store, { limit: 4 })).toMatchObject({ recipients: 3, full: false });
});

test('recipients of one message in another queue stay where they are', async () => {
  const { store } = await scenario();
  const other = await store.delivery.rememberSite({ domain: 'b.example', key: 'mx.b.example', freshUntil: new Date() });
  await store.accept.accept([
    message({ recipients: [recipient(), recipient({ queueId: other, domain: 'b.example' })] }),
  ]);
  expect((await claim(store)).recipients).toBe(1);
  expect((await claim(store, { queueId: other })).messages[0]?.recipients).toMatchObject([{ domain: 'b.example' }]);
});

test('what is due later is not claimed, and what is due longest comes first', async () => {
  const { store, sql } = await scenario();
  await store.accept.accept([messageTo(1), messageTo(1), messageTo(1)]);
  const claimed = await claim(store);
  const later = new Date(Date.now() + 3_600_000);
  await store.delivery.record(outcomes(claimed, { kind: 'deferred', dueAt: later, maybeDelivered: false }));
  expect(await claim(store)).toMatchObject({ recipients: 0, messages: [], full: false });
  const longest = claimed.messages[2]?.id;
  await sql(`update waiting_recipients set due_at = now() - interval '1 minute'`);
  await sql(`update waiting_recipients set due_at = now() - interval '1 hour' where message_id = $1`, [longest]);
  // Claims look below what the last ones found every now and then only.
  let next: Claim | undefined;
  await expect.poll(async () => (next = await claim(store, { limit: 1 })).recipients, { timeout: 5_000 }).toBe(1);
  expect(next?.messages).toMatchObject([{ id: longest, recipients: [{ attempt: 2 }] }]);
});

test('eight lanes that claim at the same time never share a recipient, and leave none', async () => {
  const { store } = await scenario({ poolSize: 8 });
  const messages = Array.from({ length: 300 }, (_, index) => messageTo((index % 3) + 1));
  await store.accept.accept(messages);
  const claimed = (
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        const ids: string[] = [];
        for (;;) {
          const got = await claim(store, { limit: 7 });
          if (got.recipients === 0) return ids;
          expect(got.messages.flatMap((each) => each.recipients)).toHaveLength(got.recipients);
          ids.push(...recipientIds(got));
        }
      }),
    )
  ).flat();
  expect(claimed).toHaveLength(600);
  expect(new Set(claimed).size).toBe(600);
});

test('a content above the limit is left to be read, a smaller one comes, also when it was staged in chunks', async () => {
  const { store } = await scenario();
  const small = message({ content: { kind: 'staged', chunks: 3 }, sizeOctets: 6 });
  const large = message({ content: { kind: 'inline', octets: Buffer.alloc(101) }, sizeOctets: 101 });
  for (const [chunk, text] of ['ab', 'cd', 'ef'].entries())
    await store.accept.stage(small.id, chunk, Buffer.from(text));
  await store.accept.accept([small, large]);
  const { messages } = await claim(store, { inlineOctets: 100 });
  const content = new Map(messages.map((each) => [each.id, each.content]));
  expect(content.get(small.id)?.toString()).toBe('abcdef');
  expect(content.get(large.id)).toBeUndefined();
});

test('a suspended queue gives nothing until its suspension ends', async () => {
  const { store, sql } = await scenario();
  await store.accept.accept([message()]);
  await sql(`update delivery_queues set suspended_at = now() where id = $1`, [UNRESOLVED_QUEUE]);
  expect((await claim(store)).recipients).toBe(0);
  expect(await store.delivery.dueQueues()).toEqual([]);
  await sql(`update delivery_queues set suspended_until = now()`);
  expect(await store.delivery.dueQueues()).toMatchObject([{ id: UNRESOLVED_QUEUE }]);
  expect((await claim(store)).recipients).toBe(1);
});

test('what is committed late, with a due time before the last claim, is found by a claim soon after', async () => {
  const { store, sql } = await scenario();
  await store.accept.accept([message(), message()]);
  expect((await claim(store, { limit: 1 })).recipients).toBe(1);
  await sql(`update waiting_recipients set due_at = now() - interval '1 hour'`);
  await expect.poll(async () => (await claim(store)).recipients, { timeout: 5_000 }).toBe(1);
});

test('a claim of a message id that is no recipient of ours moves nothing', async () => {
  const { store } = await scenario();
  await store.accept.accept([message()]);
  const claimed = await claim(store);
  const strangers = outcomes(claimed).map((each) => ({ ...each, recipientId: `${newMessageId(Date.now())}.1` }));
  await store.delivery.record(strangers);
  expect(await store.delivery.record(outcomes(claimed))).toEqual(new Set(recipientIds(claimed)));
});
