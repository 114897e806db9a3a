import type { Pool } from 'pg';
import { run, type Statement } from '../connection/run.ts';
import { transaction } from '../connection/transaction.ts';
import type { StoreLog } from '../connection/log.ts';
import { LOCKS } from '../connection/locks.ts';

/** What the database's clock may differ by from one that only goes forward before it was set: slow answers differ by less. */
const JUMP_MS = 45_000;

interface Jump {
  readonly before: number;
  readonly after: number;
  readonly jumpMs: number;
}

/**
 * Minds the database's clock. It decides what is due and how old a message is; when it is set, everything that hangs on it
 * is moved along, so that an hour or a year forward makes nothing due, expired or lost, and back makes nothing wait.
 */
export class StoreClock {
  readonly #pool: Pool;
  readonly #log: StoreLog;
  readonly #monotonicMs: () => number;
  /** The time as it was last seen, and when. */
  #seen: { readonly now: number; readonly atMs: number } | undefined;
  #jumps: readonly Jump[] = [];

  constructor(pool: Pool, log: StoreLog, monotonicMs: () => number = () => performance.now()) {
    this.#pool = pool;
    this.#log = log;
    this.#monotonicMs = monotonicMs;
  }

  /** Looks whether the clock was set since the last look, and if so moves along what hangs on it, once for all processes. */
  async mind(): Promise<void> {
    const askedMs = this.#monotonicMs();
    const [row] = await run<readonly [Date]>(this.#pool, NOW, []);
    const now = row?.[0].getTime();
    if (now === undefined) return;
    const before = this.#expected(askedMs);
    this.#seen = { now, atMs: askedMs };
    if (before !== undefined && Math.abs(now - before) > JUMP_MS) await this.#jumped(before, now);
    const jumps = await run<readonly [Date, Date, number]>(this.#pool, JUMPS, []);
    this.#jumps = jumps.map(([from, to, jumpMs]) => ({ before: from.getTime(), after: to.getTime(), jumpMs }));
  }

  /** When a message was accepted, by the clock as it goes now. While the clock is in doubt a message is new: nothing expires. */
  acceptedAt(acceptedAt: Date, now: Date): Date {
    const expected = this.#expected(this.#monotonicMs());
    if (expected !== undefined && Math.abs(now.getTime() - expected) > JUMP_MS) return now;
    let at = acceptedAt.getTime();
    for (const { before, after, jumpMs } of this.#jumps) {
      if (jumpMs > 0 ? at <= before : at > after && at <= before) at += jumpMs;
    }
    return at === acceptedAt.getTime() ? acceptedAt : new Date(at);
  }

  #expected(atMs: number): number | undefined {
    return this.#seen && this.#seen.now + (atMs - this.#seen.atMs);
  }

  async #jumped(before: number, after: number): Promise<void> {
    const jumpMs = Math.round(after - before);
    await transaction(this.#pool, async (client) => {
      await client.query(`set local statement_timeout = '10min'`);
      await client.query(`select pg_advisory_xact_lock(${LOCKS.clock})`);
      const known = await client.query(KNOWN, [new Date(after), jumpMs, JUMP_MS]);
      if ((known.rowCount ?? 0) > 0) return;
      await client.query('insert into clock_jumps ("before", "after", jump_ms) values ($1, $2, $3)', [
        new Date(before),
        new Date(after),
        jumpMs,
      ]);
      const middle = new Date(before + jumpMs / 2);
      const set = jumpMs > 0 ? '<' : '>';
      for (const { table, column } of HANGS_ON_IT) {
        await client.query(
          `update ${table} set ${column} = ${column} + $1::bigint * interval '1 millisecond' where ${column} ${set} $2::timestamptz`,
          [jumpMs, middle],
        );
      }
    });
    this.#log.warn({ jumpMs }, 'the clock of the database was set, due times and leases are moved along');
  }
}

/** Of a lease that was not moved along a process that lives would be robbed. */
const HANGS_ON_IT = [
  { table: 'leases', column: 'until' },
  { table: 'suspensions', column: 'until' },
  { table: 'paces', column: 'rest_until' },
  { table: 'delivery_queues', column: 'suspended_until' },
  { table: 'waiting_recipients', column: 'due_at' },
  { table: 'waiting_recipients', column: 'ready_at' },
] as const;

const NOW: Statement = { name: 'store-clock', text: 'select now()' };

const JUMPS: Statement = {
  name: 'clock-jumps',
  text: `select "before", "after", jump_ms from clock_jumps order by id`,
};

/** Another process has seen the same jump. */
const KNOWN = `
  select from clock_jumps
  where abs(extract(epoch from "after" - $1::timestamptz)) < 120 and abs(jump_ms - $2::bigint) < $3::bigint`;
