import { expect, test } from 'vitest';
import { bounceAs } from '../testing/bounces.ts';
import { claim, message, outcome, outcomes, scenario } from '../testing/scenario.ts';

const HOUR_MS = 3_600_000;

test('rates tell the sources apart from which mail left, and put those that failed most first', async () => {
  const { store, sql, ...about } = await scenario();
  for (const source of ['pool-a', 'pool-b', 'pool-b'])
    await bounceAs({ store, sql, ...about }, { source, bounce: { class: 'reputation_block', rule: 'x' } }, message());
  await store.accept.accept([message()]);
  const delivered = outcomes(await claim(store));
  await store.delivery.record(
    delivered.map((each) => outcome({ ...each, attempt: { ...each.attempt, source: 'pool-a' } })),
  );
  const now = Date.now();
  const history = () =>
    store.admin.bounceHistory({
      by: 'source',
      since: new Date(now - HOUR_MS),
      until: new Date(now + HOUR_MS),
      credentialId: undefined,
      networkId: undefined,
      domain: undefined,
      queueId: undefined,
      class: undefined,
      source: undefined,
      span: undefined,
      limit: 1,
    });
  const expected = [
    { key: 'pool-b', bounced: 2, delivered: 0 },
    { key: null, bounced: 1, delivered: 1 },
  ];
  expect((await history()).items).toMatchObject(expected);
  await store.bounces.foldOutcomes();
  expect((await history()).items).toMatchObject(expected);
});
