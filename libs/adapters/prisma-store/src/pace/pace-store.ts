import {
  type Paced,
  type PaceEvent,
  type PaceStore,
  firstPace,
  lanesOf,
  react,
  type Seen,
  take,
  type ToldEvent,
} from '@postern/pace';
import { type DeliveryQueue, type QueueId, StoreUnavailable } from '@postern/queue';
import type { ClientBase, Pool } from 'pg';
import { int4s } from '../connection/arrays.ts';
import { run, runIn, type Statement } from '../connection/run.ts';
import { transaction } from '../connection/transaction.ts';
import { noteChange } from './pace-changes.ts';
import { PACE_COLUMNS, type PaceColumns, pacedOf, paceValues, SAVE_PACE } from './pace-row.ts';
import type { Seats } from './seats.ts';
import { TAKEN_SEATS } from './taken-seats.ts';

/** The paces of queues, each changed under the lock of its row, so that all processes go by one. */
export function paceStore(pool: Pool, seats: Seats): PaceStore {
  return {
    begin: (queueId) => begin(pool, queueId),
    look: (queueIds) => look(pool, queueIds),
    tell: (queueId, event) => tell(pool, queueId, event),
    setAside: (queueId, aside) => setAside(pool, queueId, aside),
    take: (queueId, want) => takeBlock(pool, queueId, want),
    takeSeat: (lane) => seats.take(lane),
    leaveSeat: (lane) => seats.leave(lane),
    hasSeat: (lane) => seats.has(lane),
  };
}

type QueueRow = readonly [kind: DeliveryQueue['kind'], name: string, ...PaceColumns];

async function begin(pool: Pool, id: QueueId): Promise<(Paced & { readonly queue: DeliveryQueue }) | undefined> {
  const [row] = await run<QueueRow>(pool, BEGIN, [id]);
  if (!row) return undefined;
  const [kind, name, ...columns] = row;
  return { ...pacedOf(name, columns), queue: { id, kind, name } };
}

export const BEGIN: Statement = {
  name: 'begin-lane',
  text: `
    select q.kind, q.name, ${PACE_COLUMNS}
    from delivery_queues q left join paces p on p.queue_id = q.id where q.id = $1::int`,
};

async function look(pool: Pool, queueIds: readonly QueueId[]): Promise<ReadonlyMap<QueueId, Paced>> {
  if (queueIds.length === 0) return new Map();
  const rows = await run<readonly [id: QueueId, name: string, ...PaceColumns]>(pool, LOOK, [int4s(queueIds)]);
  return new Map(rows.map(([id, name, ...columns]) => [id, pacedOf(name, columns)]));
}

export const LOOK: Statement = {
  name: 'look-at-paces',
  text: `
    select q.id, q.name, ${PACE_COLUMNS}
    from paces p join delivery_queues q on q.id = p.queue_id where p.queue_id = any($1::int[])`,
};

async function tell(pool: Pool, queueId: QueueId, told: ToldEvent): Promise<Paced> {
  return transaction(pool, async (client) => {
    const { pace, limits, nowMs, aside } = await lock(client, queueId);
    const event =
      told.kind === 'delivered' || told.kind === 'rest' ? told : { ...told, seen: await see(client, queueId) };
    const reaction = react(pace, limits, dated(event, nowMs), nowMs);
    await runIn(client, SAVE_PACE, paceValues(queueId, reaction.pace, limits));
    if (reaction.change) await noteChange(client, queueId, reaction.change);
    return { pace: reaction.pace, limits, nowMs, aside };
  });
}

async function setAside(
  pool: Pool,
  queueId: QueueId,
  { kind, subject, forMs, cause }: Parameters<PaceStore['setAside']>[1],
): Promise<Paced> {
  return transaction(pool, async (client) => {
    const { nowMs } = await lock(client, queueId);
    await runIn(client, SET_ASIDE, [queueId, kind, subject, forMs]);
    const untilMs = nowMs + forMs;
    await noteChange(client, queueId, { kind, subject, from: undefined, to: undefined, untilMs, cause });
    return lock(client, queueId);
  });
}

const SET_ASIDE: Statement = {
  name: 'set-aside',
  text: `
    with over as (
      delete from pace_rests where queue_id = $1::int and until <= now() and (kind, subject) <> ($2::text, $3::text)
    )
    insert into pace_rests (queue_id, kind, subject, until)
    values ($1::int, $2::text, $3::text, now() + $4::float8 * interval '1 millisecond')
    on conflict (queue_id, kind, subject) do update set until = greatest(pace_rests.until, excluded.until)`,
};

/** The store's clock says when: processes may differ. */
function dated(event: PaceEvent, nowMs: number): PaceEvent {
  return event.kind === 'delivered' ? event : { ...event, cause: { ...event.cause, atMs: nowMs } };
}

async function takeBlock(pool: Pool, queueId: QueueId, want: number): ReturnType<PaceStore['take']> {
  return transaction(pool, async (client) => {
    const { pace, limits, nowMs } = await lock(client, queueId);
    const { pace: after, granted, nextInMs } = take(pace, limits, want, nowMs);
    await runIn(client, SAVE_PACE, paceValues(queueId, after, limits));
    return { granted, nextInMs };
  });
}

/** Locks the pace of a queue, making its row where there is none. It need not survive a crash: what was learnt is learnt again. */
export async function lock(client: ClientBase, queueId: QueueId): Promise<Paced> {
  await runIn(client, WITHOUT_WAITING, []);
  const first = await read(client, queueId);
  if (first) return first;
  const [row] = await runIn<QueueRow>(client, BEGIN, [queueId]);
  if (!row) throw new StoreUnavailable(`There is no queue ${queueId}`);
  const { limits } = pacedOf(row[1], [0, null, null, null, null, null, null]);
  const pace = firstPace(limits);
  await runIn(client, MAKE, [queueId, lanesOf(pace, limits), JSON.stringify(pace)]);
  const made = await read(client, queueId);
  if (!made) throw new StoreUnavailable(`The pace of queue ${queueId} was not found`);
  return made;
}

async function read(client: ClientBase, queueId: QueueId): Promise<Paced | undefined> {
  const [row] = await runIn<readonly [name: string, ...PaceColumns]>(client, LOCK, [queueId]);
  if (!row) return undefined;
  const [name, ...columns] = row;
  return pacedOf(name, columns);
}

const WITHOUT_WAITING: Statement = { name: 'without-waiting', text: 'set local synchronous_commit = off' };

const LOCK: Statement = {
  name: 'lock-pace',
  text: `
    select q.name, ${PACE_COLUMNS}
    from paces p join delivery_queues q on q.id = p.queue_id where p.queue_id = $1::int for update of p`,
};

const MAKE: Statement = {
  name: 'make-pace',
  text: `
    insert into paces (queue_id, lanes, learned) values ($1::int, $2::int, $3::text::json)
    on conflict (queue_id) do nothing`,
};

async function see(client: ClientBase, queueId: QueueId): Promise<Seen> {
  const [row] = await runIn<readonly [running: number, delivered: number]>(client, SEE, [queueId]);
  return { running: row?.[0] ?? 0, deliveredLastMinute: row?.[1] ?? 0 };
}

/** Seats are advisory locks of two keys. Attempts of the last minute are counted up to a bound. */
const SEE: Statement = {
  name: 'see-pace',
  text: `
    select
      (select count(*)::int ${TAKEN_SEATS} and classid = $1::int::oid),
      (select count(*)::int from (
        select from attempts
        where queue_id = $1::int and started_at > now() - interval '1 minute' and outcome = 'delivered'
        limit 100000) delivered)`,
};
