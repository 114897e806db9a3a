import { expect, test } from 'vitest';
import { createStore } from '../index.ts';
import {
  chunksOf,
  claim,
  message,
  messageTo,
  outcome,
  outcomes,
  quiet,
  recipientIds,
  scenario,
} from '../testing/scenario.ts';

const LATER = { kind: 'deferred', dueAt: new Date(Date.now() + 3_600_000), maybeDelivered: false } as const;

test('a delivered recipient has ended, its attempt is written, and the content of its message is gone', async () => {
  const about = await scenario();
  const { store, sql } = about;
  const given = message();
  await store.accept.accept([given]);
  const claimed = await claim(store);
  expect(await store.delivery.record(outcomes(claimed))).toEqual(new Set(recipientIds(claimed)));
  expect(await sql('select state, attempts, last_code, last_enhanced, lease_token, aside from recipients')).toEqual([
    { state: 'delivered', attempts: 1, last_code: 250, last_enhanced: '2.0.0', lease_token: null, aside: null },
  ]);
  expect(await sql('select * from attempts')).toMatchObject([
    {
      message_id: given.id,
      number: 1,
      attempt: 1,
      lease_token: claimed.leaseToken,
      duration_ms: 12,
      steps_ms: { connect: 1, content: 4.5 },
      stage: 'content',
      outcome: 'delivered',
      host: 'mx.example.com',
      address: '127.0.0.2',
      reply_from: 'remote',
      reply_code: 250,
      reply_enhanced: '2.0.0',
      reply_text: 'Ok: queued as 4XYZ',
      tls_protocol: 'TLSv1.3',
      tls_verified: false,
      tls_certificate: null,
      policy: 'opportunistic',
      late: false,
    },
  ]);
  expect(await chunksOf(about, given.id)).toBe(0);
});

test('a deferred recipient waits with its content until it is due', async () => {
  const about = await scenario();
  const { store, sql } = about;
  const given = message();
  await store.accept.accept([given]);
  const moved = await store.delivery.record(outcomes(await claim(store), LATER));
  expect(moved.size).toBe(1);
  expect(await sql('select state, due_at from waiting_recipients')).toEqual([
    { state: 'deferred', due_at: LATER.dueAt },
  ]);
  expect(await chunksOf(about, given.id)).toBe(1);
});

test('once maybe delivered, a recipient stays marked whatever the next attempt brings', async () => {
  const { store, sql } = await scenario();
  await store.accept.accept([message()]);
  const now = { kind: 'deferred', dueAt: new Date(0), maybeDelivered: true } as const;
  await store.delivery.record(outcomes(await claim(store), now));
  await store.delivery.record(outcomes(await claim(store)));
  expect(await sql('select state, maybe_delivered from recipients')).toEqual([
    { state: 'delivered', maybe_delivered: true },
  ]);
});

test.each(['bounced', 'expired'] as const)('a recipient that %s is found among those set aside', async (kind) => {
  const about = await scenario();
  const given = message();
  await about.store.accept.accept([given]);
  await about.store.delivery.record(outcomes(await claim(about.store), { kind }));
  expect(await about.sql('select state, aside from recipients')).toEqual([{ state: kind, aside: kind }]);
});

test('what bounced leaves work, and its content stays for the one who does it', async () => {
  const about = await scenario();
  const given = message();
  await about.store.accept.accept([given]);
  await about.store.delivery.record(outcomes(await claim(about.store), { kind: 'bounced' }));
  expect(await about.sql('select number, event from bounce_work')).toEqual([{ number: 1, event: 'failed' }]);
  expect(await chunksOf(about, given.id)).toBe(1);
});

test('a retry plan says when a sender is told that mail is late', async () => {
  const { store, sql } = await scenario();
  await sql(`
    insert into retry_plans (id, scope, subject, delays_seconds, give_up_seconds, delay_notice_seconds)
    values (gen_random_uuid(), 'default', '', '{60}', 86400, 900)`);
  const { everything } = await store.retries.plans();
  expect(everything).toMatchObject({ delayNoticeMs: 900_000 });
  await store.accept.accept([message()]);
  await store.delivery.record(outcomes(await claim(store), { ...LATER, delayNoticeMs: everything?.delayNoticeMs }));
  expect(
    await sql(`select event, due_at = accepted_at + interval '15 minutes' as in_time
      from bounce_work w join messages m on m.id = w.message_id`),
  ).toEqual([{ event: 'delayed', in_time: true }]);
});

test('a first deferral leaves work for four hours after the acceptance, and a delivery removes it', async () => {
  const { store, sql } = await scenario();
  await store.accept.accept([message()]);
  await store.delivery.record(outcomes(await claim(store), { ...LATER, dueAt: new Date(0) }));
  expect(
    await sql(`select event, due_at = accepted_at + interval '4 hours' as in_time
      from bounce_work w join messages m on m.id = w.message_id`),
  ).toEqual([{ event: 'delayed', in_time: true }]);
  await store.delivery.record(outcomes(await claim(store)));
  expect(await sql('select event from bounce_work')).toEqual([]);
});

test('the rates of a batch agree with the ledger, one row for each kind of outcome', async () => {
  const { store, sql } = await scenario();
  await store.accept.accept([messageTo(5), message({ reversePath: 'a@Other.example' })]);
  const claimed = await claim(store);
  await store.delivery.record(outcomes(claimed, { kind: 'bounced' }, (id) => id.endsWith('.2')));
  await store.delivery.record(outcomes(claimed, { kind: 'delivered' }, (id) => !id.endsWith('.2')));
  expect(
    await sql('select sender_domain, outcome, recipients from outcome_changes order by sender_domain, outcome'),
  ).toEqual([
    { sender_domain: 'example.org', outcome: 'bounced', recipients: 1 },
    { sender_domain: 'example.org', outcome: 'delivered', recipients: 4 },
    { sender_domain: 'other.example', outcome: 'delivered', recipients: 1 },
  ]);
});

test('a lost lease moves nothing, and its attempt is written as late', async () => {
  const { store, sql } = await scenario();
  await store.accept.accept([message()]);
  const lost = await claim(store, { leaseMs: 0 });
  await expect.poll(() => store.delivery.recoverLostLeases()).toBe(1);
  const mine = await claim(store);
  expect(await store.delivery.record(outcomes(lost, { kind: 'bounced' }))).toEqual(new Set());
  expect(await sql('select state, lease_token, attempts from recipients')).toEqual([
    { state: 'sending', lease_token: mine.leaseToken, attempts: 2 },
  ]);
  expect(await sql('select attempt, outcome, late, stage from attempts')).toEqual([
    { attempt: 1, outcome: 'bounced', late: true, stage: 'content' },
  ]);
  expect(await store.delivery.record(outcomes(mine))).toEqual(new Set(recipientIds(mine)));
});

test('an outcome recorded twice, since the first answer was lost, is answered as recorded and moves nothing twice', async () => {
  const { store, sql } = await scenario();
  await store.accept.accept([messageTo(3)]);
  const claimed = await claim(store);
  const all = outcomes(claimed);
  const ids = new Set(recipientIds(claimed));
  expect(await store.delivery.record(all)).toEqual(ids);
  expect(await store.delivery.record(all)).toEqual(ids);
  expect(await sql('select count(*)::int as attempts, bool_or(late) as late from attempts')).toEqual([
    { attempts: 3, late: false },
  ]);
  expect(await sql('select open_recipients from messages')).toEqual([{ open_recipients: 0 }]);
});

test('the content of several recipients stays until the last of them has ended', async () => {
  const about = await scenario();
  const { store } = about;
  const given = messageTo(3);
  await store.accept.accept([given]);
  const claimed = await claim(store);
  const [first, second, third] = recipientIds(claimed);
  await store.delivery.record(outcomes(claimed, { kind: 'delivered' }, (id) => id === first));
  await store.delivery.record([
    ...outcomes(claimed, { kind: 'bounced' }, (id) => id === second),
    ...outcomes(claimed, { ...LATER, dueAt: new Date(0) }, (id) => id === third),
  ]);
  expect(await chunksOf(about, given.id)).toBe(1);
  const last = await claim(store);
  expect(recipientIds(last)).toEqual([third]);
  await store.delivery.record(outcomes(last));
  // The second one bounced: who tells the sender removes the content.
  expect(await about.sql('select number, event from bounce_work order by number')).toEqual([
    { number: 0, event: 'closed' },
    { number: 2, event: 'failed' },
  ]);
});

test('two workers that end the last two recipients at the same time leave no content, for many messages at once', async () => {
  const about = await scenario();
  const other = createStore({ databaseUrl: about.databaseUrl, poolSize: 4, log: quiet });
  const messages = Array.from({ length: 60 }, () => messageTo(2));
  await about.store.accept.accept(messages);
  const claimed = await claim(about.store, { limit: 200 });
  const half = (end: string) => outcomes(claimed, { kind: 'delivered' }, (id) => id.endsWith(end));
  // The two go through the messages in opposite orders, a few at a time.
  const chunks = <T>(all: readonly T[]) =>
    Array.from({ length: 6 }, (_, index) => all.slice(index * 10, index * 10 + 10));
  await Promise.all([
    ...chunks(half('.1')).map((each) => about.store.delivery.record(each)),
    ...chunks(half('.2').toReversed()).map((each) => other.delivery.record(each)),
  ]);
  await other.close();
  expect(await about.sql('select count(*)::int as left from contents')).toEqual([{ left: 0 }]);
  expect(await about.sql('select distinct open_recipients from messages')).toEqual([{ open_recipients: 0 }]);
});

test('a reply with a NUL in it is recorded with the replacement character', async () => {
  const { store, sql } = await scenario();
  await store.accept.accept([message()]);
  const [each] = outcomes(await claim(store));
  if (!each) throw new Error('nothing claimed');
  const reply = { from: 'remote', code: 550, enhanced: undefined, text: 'no\0 such \uD800 user 🙂' } as const;
  await store.delivery.record([
    outcome({ ...each, disposition: { kind: 'bounced' }, attempt: { ...each.attempt, reply } }),
  ]);
  expect(await sql('select reply_text from attempts')).toEqual([{ reply_text: 'no\uFFFD such \uFFFD user 🙂' }]);
});
