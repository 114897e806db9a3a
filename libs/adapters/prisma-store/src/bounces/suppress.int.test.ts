import type { AttemptFacts } from '@postern/queue';
import { expect, test } from 'vitest';
import { bounce, bounceAs, work } from '../testing/bounces.ts';
import { chunksOf, claim, message, messageTo, outcomes, recipient, scenario } from '../testing/scenario.ts';

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
    reportingMta: undefined,
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
