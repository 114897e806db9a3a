import { type MessageId, startsAt } from '@postern/queue';
import type { Pool } from 'pg';
import { instants, int8s, uuids } from '../connection/arrays.ts';
import { run, type Statement } from '../connection/run.ts';
import type { StoreClock } from './store-clock.ts';
import { waitingQueues } from './waiting-queues.ts';

/** Messages of each credential in one look. */
const PIECE = 2_000;
/** How long one round may take: a sweep does other things as well. */
const BUDGET_MS = 300;

interface Mark {
  readonly giveUpAfterMs: number;
  /** Up to which message a credential's mail was looked at. */
  seen: string;
}

/**
 * Notes what waits for longer than mail of its credential is of use, whatever stands before it in its queue: among the
 * `deadlines`, where the sweep finds it. One range of one index for each such credential, over what has come of age since
 * the last look; so mail that is delivered by then, and all mail of others, costs nothing.
 *
 * What a process has looked at it keeps to itself: it begins with the oldest message that waits, and again when the plan
 * was changed. That several processes note the same does no harm.
 */
export class OverdueMail {
  readonly #pool: Pool;
  readonly #clock: Pick<StoreClock, 'acceptedAt'>;
  #marks = new Map<string, Mark>();

  constructor(pool: Pool, clock: Pick<StoreClock, 'acceptedAt'>) {
    this.#pool = pool;
    this.#clock = clock;
  }

  async note(giveUpAfterMs: ReadonlyMap<string, number>): Promise<void> {
    if (giveUpAfterMs.size === 0) return this.#marks.clear();
    await this.#mark(giveUpAfterMs);
    const endMs = performance.now() + BUDGET_MS;
    let open = [...this.#marks];
    while (open.length > 0 && performance.now() < endMs) {
      const full = await this.#look(open);
      open = open.filter(([credentialId]) => full.has(credentialId));
    }
  }

  /** Keeps the marks of plans that are as they were; others begin with the oldest message that waits. */
  async #mark(giveUpAfterMs: ReadonlyMap<string, number>): Promise<void> {
    const before = this.#marks;
    this.#marks = new Map();
    let oldest: string | undefined;
    for (const [credentialId, afterMs] of giveUpAfterMs) {
      const known = before.get(credentialId);
      if (known?.giveUpAfterMs !== afterMs) oldest ??= await this.#oldestWaiting();
      const mark = known?.giveUpAfterMs === afterMs ? known : { giveUpAfterMs: afterMs, seen: oldest ?? FIRST };
      this.#marks.set(credentialId, mark);
    }
  }

  /** Before every message that waits; ids sort by the time of acceptance. */
  async #oldestWaiting(): Promise<string> {
    const [row] = await run<readonly [string]>(this.#pool, OLDEST_WAITING, []);
    return row ? `${row[0].slice(0, 13)}${FIRST.slice(13)}` : FIRST;
  }

  /** One piece of each; answers whose piece was full. */
  async #look(among: readonly (readonly [string, Mark])[]): Promise<ReadonlySet<string>> {
    const rows = await run<Row>(this.#pool, OVERDUE_MAIL, [
      uuids(among.map(([credentialId]) => credentialId)),
      uuids(among.map(([, { seen }]) => seen)),
      int8s(among.map(([, { giveUpAfterMs }]) => giveUpAfterMs)),
      PIECE,
    ]);
    const overdue: { readonly id: string; readonly at: Date }[] = [];
    const full = new Set<string>();
    const last = new Map<string, string>();
    for (const [credentialId, id, acceptedAt, now, isLast, count, releaseAt] of rows) {
      const mark = this.#marks.get(credentialId);
      if (!mark) continue;
      if (isLast) last.set(credentialId, id);
      if (isLast && count >= PIECE) full.add(credentialId);
      if (isLast) continue;
      const since = startsAt({
        acceptedAt: this.#clock.acceptedAt(acceptedAt, now),
        releaseAt: releaseAt ?? undefined,
      });
      overdue.push({ id, at: new Date(since.getTime() + mark.giveUpAfterMs) });
    }
    if (overdue.length > 0)
      await run(this.#pool, NOTE_OVERDUE, [uuids(overdue.map(({ id }) => id)), instants(overdue.map(({ at }) => at))]);
    for (const [credentialId, id] of last) {
      const mark = this.#marks.get(credentialId);
      if (mark) mark.seen = id;
    }
    return full;
  }
}

const FIRST = '00000000-0000-0000-0000-000000000000';

type Row = readonly [
  credentialId: string,
  id: MessageId,
  acceptedAt: Date,
  now: Date,
  /** Not a message that waits: the last that was looked at, and how many were. */
  isLast: boolean,
  count: number,
  releaseAt: Date | null,
];

/** Of each credential, what was accepted behind the mark and has come of age: those that have not ended, and the last one. */
export const OVERDUE_MAIL: Statement = {
  name: 'overdue-mail',
  text: `
    with piece as materialized (
      select p.credential_id, m.id, m.accepted_at, m.release_at
      from unnest($1::uuid[], $2::uuid[], $3::int8[]) as p (credential_id, seen, give_up_ms)
      cross join lateral (
        select id, accepted_at, release_at from messages
        where credential_id = p.credential_id and id > p.seen
          and id < rpad(lpad(to_hex((extract(epoch from now()) * 1000)::int8 - p.give_up_ms), 12, '0'), 32, '0')::uuid
        order by id limit $4::int
      ) m
    )
    select credential_id, id, accepted_at, now(), false, 0, release_at from piece p
    where exists (
      select from recipients r where r.message_id = p.id and r.state in ('queued', 'deferred', 'sending', 'held')
    )
    union all
    select * from (
      select distinct on (credential_id) credential_id, id, accepted_at, now(), true,
        (count(*) over (partition by credential_id))::int, null::timestamptz
      from piece order by credential_id, id desc
    ) last`,
};

export const NOTE_OVERDUE: Statement = {
  name: 'note-overdue-mail',
  text: `
    insert into deadlines as d (message_id, at)
    select id, at from unnest($1::uuid[], $2::timestamptz[]) as o (id, at) order by id
    on conflict (message_id) do update set at = excluded.at where excluded.at < d.at`,
};

export const OLDEST_WAITING: Statement = {
  name: 'oldest-waiting',
  text: `
    with recursive ${waitingQueues({ column: 'message_id' })}
    select message_id::text from next order by message_id limit 1`,
};
