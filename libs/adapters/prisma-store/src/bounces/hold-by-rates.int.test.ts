import type { AttemptFacts } from '@postern/queue';
import { expect, test } from 'vitest';
import { bounceAs } from '../testing/bounces.ts';
import { claim, message, outcomes, type Scenario, scenario } from '../testing/scenario.ts';

test('new mail of a credential is held when its rates pass a threshold, where it is set so, until it is released', async () => {
  const about = await scenario();
  const { store, sql } = about;
  const held = () => sql<{ name: string }>('select name from credentials where held_since is not null order by name');
  const [told, strict, lax] = await credentials(about, ['told', 'strict', 'lax']);
  await sql(`insert into bounce_settings (credential_id, hold, thresholds) values
    ('${strict}', 'critical', '{"floor": 10, "bounceWarning": 20, "bounceCritical": 50}'), ('${lax}', 'critical', '{"floor": 10}')`);
  for (const id of [told, strict, lax]) await fail(about, id, 3, { class: 'recipient_unknown', rule: 'x' });
  // A block of ours counts; what is wrong at the other end counts for nothing.
  for (const id of [told, strict]) await fail(about, id, 1, { class: 'network', rule: 'x' });
  for (const id of [told, strict, lax]) await deliver(about, id, 8);
  await store.bounces.foldOutcomes();
  await store.bounces.watchRates();
  expect(await held()).toEqual([{ name: 'lax' }]);
  expect(await sql('select severity::text, subject_name, text from events order by subject_name')).toEqual([
    { severity: 'critical', subject_name: 'lax', text: expect.stringMatching(/3 bounced\. Its new mail is held/) },
    { severity: 'warning', subject_name: 'strict', text: expect.not.stringContaining('held') },
  ]);
  await fail(about, strict, 30, { class: 'spam_content', rule: 'x' });
  await store.bounces.foldOutcomes();
  await store.bounces.watchRates();
  expect(await held()).toEqual([{ name: 'lax' }, { name: 'strict' }]);
  expect(await sql(`select severity::text from events where subject_name = 'strict'`)).toEqual([
    { severity: 'critical' },
  ]);
  // What was before the release does not hold it again.
  await sql(`update credentials set held_since = null, released_at = now() + interval '1 minute'`);
  await sql(`update events set resolved_at = now()`);
  await store.bounces.watchRates();
  expect(await held()).toEqual([]);
  expect(await sql('select id from events where resolved_at is null')).toEqual([]);
});

test('late bounces and complaints count for a threshold, and mail without a credential by its domain', async () => {
  const about = await scenario();
  const { store, sql } = about;
  // Half of it came from a listed network: nobody in particular either.
  const networkId = '0199a000-0000-7000-8000-000000000001';
  const given = Array.from({ length: 100 }, (_, at) =>
    message(at % 2 === 0 ? {} : { origin: { ...message().origin, networkId } }),
  );
  await store.accept.accept(given);
  await store.delivery.record(outcomes(await claim(store)));
  const nothing = { recipients: ['rcpt@example.com'], clientAddress: '127.0.0.1', reportingMta: undefined };
  await store.returned.keepReturned(
    given.slice(0, 6).map(({ id }) => ({
      ...nothing,
      messageId: id,
      kind: 'dsn',
      action: 'failed',
      status: '5.1.1',
      diagnostic: 'no',
      feedbackType: undefined,
      class: 'recipient_unknown',
    })),
  );
  await store.returned.keepReturned(
    given.slice(6, 7).map(({ id }) => ({
      ...nothing,
      messageId: id,
      kind: 'feedback',
      action: undefined,
      status: undefined,
      diagnostic: undefined,
      feedbackType: 'abuse',
      class: 'complaint',
    })),
  );
  await store.bounces.foldOutcomes();
  await store.bounces.watchRates();
  expect(await sql('select kind, severity::text, subject_kind, subject_name from events order by kind')).toEqual([
    { kind: 'bounces.high', severity: 'warning', subject_kind: 'domain', subject_name: 'example.org' },
    { kind: 'complaints.high', severity: 'critical', subject_kind: 'domain', subject_name: 'example.org' },
  ]);
  // One that an operator has resolved is not raised again by the same mail.
  await sql(`update events set resolved_at = now() where kind = 'bounces.high'`);
  await store.bounces.watchRates();
  expect(await sql(`select id from events where kind = 'bounces.high'`)).toHaveLength(1);
});

async function credentials({ sql }: Scenario, names: readonly string[]): Promise<string[]> {
  const rows = await sql<{ id: string }>(
    `insert into credentials (id, name) select gen_random_uuid(), unnest($1::text[]) returning id`,
    [[...names]],
  );
  return rows.map(({ id }) => id);
}

function from(credentialId: string | undefined) {
  return message({ origin: { ...message().origin, credentialId } });
}

async function fail(
  about: Scenario,
  id: string | undefined,
  many: number,
  bounce: AttemptFacts['bounce'],
): Promise<void> {
  await bounceAs(about, { bounce }, ...Array.from({ length: many }, () => from(id)));
}

async function deliver({ store }: Scenario, id: string | undefined, many: number): Promise<void> {
  await store.accept.accept(Array.from({ length: many }, () => from(id)));
  await store.delivery.record(outcomes(await claim(store)));
}
