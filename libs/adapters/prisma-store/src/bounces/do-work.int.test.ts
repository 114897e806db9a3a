import { readReport } from '@postern/dsn';
import type { AttemptFacts, Disposition, NewMessage } from '@postern/queue';
import { decide } from '@postern/reports';
import { expect, test } from 'vitest';
import {
  claim,
  chunksOf,
  message,
  messageTo,
  outcome,
  outcomes,
  recipient,
  scenario,
  type Scenario,
} from '../testing/scenario.ts';

const context = { hostname: 'mail.example.org', schedule: { giveUpAfterMs: 5 * 86_400_000 }, now: new Date() };

test('one DSN tells of all recipients that failed, and is an ordinary message from nobody', async () => {
  const about = await scenario();
  const given = messageTo(3, { envid: 'E1', subject: 'Hello' });
  await bounce(about, given);
  expect(await work(about)).toEqual({ messages: 1, dsns: 1 });
  const [dsn] = await about.sql<{
    id: string;
    reverse_path: string;
    listener: string;
    forward_path: string;
    octets: Buffer;
  }>(
    `select m.id, reverse_path, listener, forward_path, octets from messages m join recipients r on r.message_id = m.id
     join contents c on c.message_id = m.id where m.id <> $1`,
    [given.id],
  );
  expect(dsn).toMatchObject({ reverse_path: '', listener: 'internal', forward_path: 'sender@example.org' });
  expect(readReport(dsn?.octets ?? Buffer.alloc(0))).toMatchObject({
    kind: 'dsn',
    envelopeId: 'E1',
    recipients: [1, 2, 3].map((number) => ({
      finalRecipient: `rcpt${number}@example.com`,
      action: 'failed',
      status: '5.1.1',
      diagnostic: '550 5.1.1 no such user',
    })),
  });
  expect(await work(about)).toEqual({ messages: 0, dsns: 0 });
  expect(await chunksOf(about, given.id)).toBe(0);
});

test('two that do the work at the same time tell the sender once', async () => {
  const about = await scenario();
  await bounce(about, message(), message(), message());
  await Promise.all([work(about), work(about), work(about)]);
  await work(about);
  expect(await about.sql(`select count(*)::int as dsns from messages where listener = 'internal'`)).toEqual([
    { dsns: 3 },
  ]);
});

test.each<[string, Partial<NewMessage>]>([
  ['the null reverse-path', { reversePath: '' }],
  ['NOTIFY=NEVER', { recipients: [recipient({ notify: [] })] }],
  ['NOTIFY=SUCCESS', { recipients: [recipient({ notify: ['SUCCESS'] })] }],
])('nobody is told about a failure of mail with %s, and its content goes', async (_, change) => {
  const about = await scenario();
  const given = message(change);
  await bounce(about, given);
  expect(await work(about)).toEqual({ messages: 1, dsns: 0 });
  expect(await chunksOf(about, given.id)).toBe(0);
});

test('a DSN that bounces leads to no DSN', async () => {
  const about = await scenario();
  await bounce(about, message());
  expect(await work(about)).toMatchObject({ dsns: 1 });
  await about.store.delivery.record(outcomes(await claim(about.store), { kind: 'bounced' }));
  expect(await work(about)).toEqual({ messages: 1, dsns: 0 });
  expect(await about.sql('select count(*)::int as messages from messages')).toEqual([{ messages: 2 }]);
});

test('whom DSNs go to is set for each credential: an address, or nobody', async () => {
  const about = await scenario();
  const [off, other] = ['018f3b3e-0000-7000-8000-000000000001', '018f3b3e-0000-7000-8000-000000000002'];
  await about.sql(
    `insert into bounce_settings (credential_id, dsn) values ($1, 'off'), ($2, 'postmaster@example.org')`,
    [off, other],
  );
  const from = (credentialId: string | undefined) => message({ origin: { ...message().origin, credentialId } });
  await bounce(about, from(off), from(other));
  expect(await work(about)).toMatchObject({ messages: 2, dsns: 1 });
  expect(
    await about.sql(
      `select forward_path from recipients r join messages m on m.id = r.message_id where listener = 'internal'`,
    ),
  ).toEqual([{ forward_path: 'postmaster@example.org' }]);
});

test('a DSN waits for the recipients of its message that are being sent', async () => {
  const about = await scenario();
  await about.store.accept.accept([messageTo(2)]);
  const claimed = await claim(about.store);
  await about.store.delivery.record(outcomes(claimed, { kind: 'bounced' }, (id) => id.endsWith('.1')));
  expect(await work(about)).toEqual({ messages: 1, dsns: 0 });
  await about.store.delivery.record(outcomes(claimed, { kind: 'bounced' }, (id) => id.endsWith('.2')));
  await about.sql('update bounce_work set due_at = now()');
  expect(await work(about)).toEqual({ messages: 1, dsns: 1 });
});

test('a sender is told of a delay once, four hours after the acceptance, while it lasts', async () => {
  const about = await scenario();
  const given = message();
  await about.store.accept.accept([given]);
  const later: Disposition = { kind: 'deferred', dueAt: new Date(0), maybeDelivered: false };
  await about.store.delivery.record(outcomes(await claim(about.store), later));
  expect(await work(about)).toEqual({ messages: 0, dsns: 0 });
  await about.sql('update bounce_work set due_at = now()');
  expect(await work(about)).toEqual({ messages: 1, dsns: 1 });
  const [dsn] = await about.sql<{ octets: Buffer }>('select octets from contents where message_id <> $1', [given.id]);
  expect(readReport(dsn?.octets ?? Buffer.alloc(0))).toMatchObject({
    recipients: [{ action: 'delayed', status: '4.0.0' }],
  });
  expect(dsn?.octets.toString()).toMatch(/^Will-Retry-Until: /m);
  expect(await chunksOf(about, given.id)).toBe(1);
});

test('a delivery that the sender asked to be told of is relayed, unless the host answers for it', async () => {
  const about = await scenario();
  const asked = () => message({ recipients: [recipient({ notify: ['SUCCESS'] })], ret: 'HDRS' });
  await about.store.accept.accept([asked(), asked()]);
  const [first, second] = outcomes(await claim(about.store));
  if (!first || !second) throw new Error('two were claimed');
  await about.store.delivery.record([first, { ...second, attempt: { ...second.attempt, dsnPassedOn: true } }]);
  expect(await work(about)).toEqual({ messages: 1, dsns: 1 });
  const dsns = await about.sql<{ octets: Buffer }>('select octets from contents');
  expect(dsns.map(({ octets }) => readReport(octets))).toMatchObject([{ recipients: [{ action: 'relayed' }] }]);
});

test('the whole message is returned when that was asked for, and its header otherwise', async () => {
  const about = await scenario();
  await bounce(about, message({ ret: 'FULL' }), message({ ret: 'HDRS' }));
  await work(about);
  const dsns = (await about.sql<{ octets: Buffer }>('select octets from contents')).map(({ octets }) =>
    octets.toString(),
  );
  expect(dsns.filter((dsn) => dsn.includes('Content-Type: message/rfc822'))).toHaveLength(1);
  expect(dsns.filter((dsn) => dsn.includes('\r\nhello\r\n'))).toHaveLength(1);
});

test('the refusal of our own RCPT suppresses that address for senders of the same domain', async () => {
  const about = await scenario();
  await bounce(about, message({ recipients: [recipient({ forwardPath: 'Bob@example.com' })] }));
  await work(about);
  expect(await about.sql('select address, scope, class, source, until > now() as lasts from suppressions')).toEqual([
    { address: 'bob@example.com', scope: '@example.org', class: 'recipient_unknown', source: 'reply', lasts: true },
  ]);
});

test.each<[string, Partial<AttemptFacts>]>([
  ['a block', { bounce: { class: 'reputation_block', rule: 'x' } }],
  ['a refusal of the content', { stage: 'content' }],
  ['a refusal of the sender', { stage: 'mail' }],
  ['our own words', { reply: { from: 'local', code: 550, enhanced: '5.1.2', text: 'no such domain' } }],
])('%s suppresses nobody', async (_, change) => {
  const about = await scenario();
  await bounce(about, message());
  await about.sql(`delete from attempts`);
  await about.sql(`delete from bounce_work`);
  await bounceAs(about, change, message());
  await work(about);
  expect(await about.sql('select address from suppressions')).toEqual([]);
});

test('likely failures suppress when three messages had them', async () => {
  const about = await scenario();
  for (const suppressed of [0, 0, 1]) {
    await bounceAs(about, { bounce: { class: 'recipient_disabled', rule: 'x' } }, message());
    await work(about);
    expect(await about.sql('select 1 from suppressions')).toHaveLength(suppressed);
  }
});

test('a later delivery lifts a suppression by a reply, and not one by a person', async () => {
  const about = await scenario();
  await bounce(about, message());
  await work(about);
  await about.sql(`insert into suppressions (id, address, scope, class, source, evidence, created_by)
    values (gen_random_uuid(), 'rcpt@example.com', '*', 'recipient_unknown', 'manual', 'asked', 'me')`);
  await about.sql(`delete from waiting_recipients`);
  await about.store.accept.accept([message()]);
  await about.store.delivery.record(outcomes(await claim(about.store)));
  expect(await about.store.bounces.liftSuppressions()).toBe(1);
  expect(await about.sql('select source from suppressions')).toEqual([{ source: 'manual' }]);
});

test('rates by day, hour and minute add up to the ledger', async () => {
  const about = await scenario();
  await bounce(about, messageTo(3), message());
  await about.store.bounces.foldOutcomes();
  await bounce(about, message());
  await about.store.bounces.foldOutcomes();
  expect(
    await about.sql(
      `select span::text, outcome, class, sum(recipients)::int as recipients from outcome_rollups group by 1, 2, 3 order by 1`,
    ),
  ).toEqual(
    ['day', 'hour', 'minute'].map((span) => ({ span, outcome: 'bounced', class: 'recipient_unknown', recipients: 5 })),
  );
  expect(await about.store.admin.ledger()).toMatchObject({ bounced: 5 });
});

test('a burst of blocks and a high rate of bounces are events, each seen again and not raised again', async () => {
  const about = await scenario();
  const [credentialId] = (
    await about.sql<{ id: string }>(
      `insert into credentials (id, name) values (gen_random_uuid(), 'app1') returning id`,
    )
  ).map(({ id }) => id);
  const blocked = Array.from({ length: 30 }, () => message());
  await bounceAs(about, { bounce: { class: 'reputation_block', rule: 'x' } }, ...blocked);
  const origin = { ...message().origin, credentialId };
  await bounce(about, ...Array.from({ length: 6 }, () => message({ origin })));
  await about.store.accept.accept(Array.from({ length: 94 }, () => message({ origin })));
  await about.store.delivery.record(outcomes(await claim(about.store)));
  await about.store.bounces.foldOutcomes();
  for (let times = 0; times < 2; times += 1) await about.store.bounces.watchRates();
  expect(await about.sql('select kind, severity::text, subject_name, times from events order by kind')).toEqual([
    { kind: 'blocks.burst', severity: 'critical', subject_name: 'unresolved', times: 2 },
    { kind: 'bounces.high', severity: 'warning', subject_name: 'app1', times: 2 },
  ]);
});

test('a complaint suppresses the only recipient of its message, and nobody where there are several', async () => {
  const about = await scenario();
  const [alone, several] = [message(), messageTo(2)];
  await about.store.accept.accept([alone, several]);
  const complaint = (messageId: string) => ({
    messageId,
    recipients: ['rcpt1@example.com'],
    kind: 'feedback' as const,
    action: undefined,
    status: undefined,
    diagnostic: undefined,
    feedbackType: 'abuse',
    class: 'complaint',
    clientAddress: '127.0.0.1',
  });
  await about.store.returned.keepReturned([complaint(alone.id), complaint(several.id)]);
  await about.store.returned.keepReturned([complaint(alone.id)]);
  expect(await about.sql('select address, class, source, scope from suppressions')).toEqual([
    { address: 'rcpt@example.com', class: 'complaint', source: 'complaint', scope: '@example.org' },
  ]);
  expect(await about.sql(`select sum(recipients)::int as complained from outcome_changes`)).toEqual([
    { complained: 2 },
  ]);
  expect(await about.sql('select number from returned_reports order by received_at, message_id')).toHaveLength(3);
});

test('a recipient that is suppressed at the acceptance ends there, and the others wait', async () => {
  const about = await scenario();
  const given = message({
    recipients: [recipient(), recipient({ forwardPath: 'gone@example.com', suppressed: 'gone since then' })],
  });
  const alone = message({ recipients: [recipient({ suppressed: 'gone' })] });
  await about.store.accept.accept([given, alone, message()]);
  expect(await about.store.admin.ledger()).toMatchObject({ accepted: 4, queued: 2, suppressed: 2 });
  expect(await about.store.recount()).toMatchObject({ accepted: 4, queued: 2, suppressed: 2 });
  expect([await chunksOf(about, given.id), await chunksOf(about, alone.id)]).toEqual([1, 0]);
  expect(await about.sql('select reply_text from attempts order by reply_text')).toEqual([
    { reply_text: 'gone' },
    { reply_text: 'gone since then' },
  ]);
  await about.store.delivery.record(outcomes(await claim(about.store)));
  expect(await chunksOf(about, given.id)).toBe(0);
});

function work({ store }: Scenario) {
  return store.bounces.doWork((due) => decide(due, { ...context, now: new Date() }), 50);
}

/** Accepts messages, and has them refused at RCPT as unknown. */
function bounce(about: Scenario, ...messages: readonly NewMessage[]): Promise<void> {
  return bounceAs(about, {}, ...messages);
}

async function bounceAs(
  { store }: Scenario,
  change: Partial<AttemptFacts>,
  ...messages: readonly NewMessage[]
): Promise<void> {
  await store.accept.accept(messages);
  const claimed = await claim(store);
  const attempt = {
    stage: 'rcpt',
    reply: { from: 'remote', code: 550, enhanced: '5.1.1', text: 'no such user' },
    bounce: { class: 'recipient_unknown', rule: 'recipient-words' },
    ...change,
  } as const;
  await store.delivery.record(
    outcomes(claimed, { kind: 'bounced' }).map((each) =>
      outcome({ ...each, attempt: { ...each.attempt, ...attempt } }),
    ),
  );
}
