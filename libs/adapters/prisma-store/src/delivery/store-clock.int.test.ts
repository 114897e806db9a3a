import { expect, test } from 'vitest';
import { openPool } from '../connection/open-pool.ts';
import { claim, message, outcomes, quiet, scenario } from '../testing/scenario.ts';
import { StoreClock } from './store-clock.ts';

const HOUR_MS = 3_600_000;

test.each([
  ['an hour forward', HOUR_MS],
  ['an hour back', -HOUR_MS],
  ['a year forward', 365 * 24 * HOUR_MS],
  ['a year back', -365 * 24 * HOUR_MS],
])('a clock that is set %s makes nothing due, expired or lost, and nothing wait longer', async (_, jumpMs) => {
  const { store, sql, databaseUrl } = await scenario();
  const pool = openPool({ databaseUrl, poolSize: 1, log: quiet }, 'fixed');
  // Everything was written by the clock as it was before: so far from what it shows now.
  const was = (at: number) => new Date(at - jumpMs);
  const [deferred, leased] = [message({ acceptedAt: was(Date.now()) }), message({ acceptedAt: was(Date.now()) })];
  await store.accept.accept([deferred]);
  const claimed = await claim(store);
  await store.delivery.record(
    outcomes(claimed, { kind: 'deferred', dueAt: new Date(Date.now() + HOUR_MS / 4), maybeDelivered: false }),
  );
  await store.accept.accept([leased]);
  await claim(store, { leaseMs: 60_000 });
  await sql(`update waiting_recipients set due_at = due_at - $1::bigint * interval '1 millisecond'`, [jumpMs]);
  await sql(`update leases set until = until - $1::bigint * interval '1 millisecond'`, [jumpMs]);
  // To this process, the monotonic clock did not go as far as the database's.
  let monotonic = 0;
  const clock = new StoreClock(pool, quiet, () => monotonic);
  await clock.mind();
  monotonic = -jumpMs;
  expect(clock.acceptedAt(was(Date.now()), new Date()).getTime() - Date.now(), 'in doubt it is new').toBeGreaterThan(
    -5_000,
  );
  await clock.mind();
  await clock.mind();
  const [row] = await sql<{ due: number }>(
    `select extract(epoch from due_at - now())::int as due from waiting_recipients`,
  );
  expect(Math.abs((row?.due ?? 0) - HOUR_MS / 4_000)).toBeLessThan(10);
  expect(await sql('select jump_ms from clock_jumps')).toHaveLength(1);
  const age = Date.now() - clock.acceptedAt(deferred.acceptedAt, new Date()).getTime();
  expect(Math.abs(age)).toBeLessThan(20_000);
  expect(await sql('select 1 from leases where until < now()')).toEqual([]);
  await pool.end();
});

test('a clock that goes as it should moves nothing', async () => {
  const { sql, databaseUrl } = await scenario();
  const pool = openPool({ databaseUrl, poolSize: 1, log: quiet }, 'fixed');
  const clock = new StoreClock(pool, quiet);
  for (let look = 0; look < 3; look += 1) await clock.mind();
  expect(await sql('select 1 from clock_jumps')).toEqual([]);
  await pool.end();
});
