import type { RequestBegin, RequestChanges, RequestKeyState, RequestReads } from '@postern/administration';
import type { RequestKey } from '../generated/client.ts';
import type { Db } from './client.ts';

/** Every transaction has ended by then: what was begun before and is not done never will be. */
const GOING_ON_FOR = '2 minutes';
const KEPT_FOR = '1 day';
const COUNTS_KEPT_FOR = '10 minutes';
/** So many are swept away at a time. */
const SWEPT = 1_000;

/** Requests to the API: their keys and their numbers. */
export function requestReads(db: Db): RequestReads {
  let swept = new Date(0);
  return {
    async beginRequest(begin) {
      await db.$executeRaw`
        delete from request_keys where id in (
          select id from request_keys where started_at < now() - ${KEPT_FOR}::interval limit ${SWEPT})`;
      return (await isBegun(db, begin)) ? { kind: 'begun' } : stateOf(await found(db, begin.id), begin);
    },
    async keepAnswer({ id, tryId, answer }) {
      await db.requestKey.updateMany({ where: { id: bytes(id), tryId }, data: { answer: bytes(answer) } });
    },
    async forgetRequest({ id, tryId }) {
      await db.requestKey.deleteMany({ where: { id: bytes(id), tryId, doneAt: null } });
    },
    async takeRequests({ who, slot, count }) {
      if (slot > swept) {
        swept = slot;
        await db.$executeRaw`delete from request_counts where slot < now() - ${COUNTS_KEPT_FOR}::interval`;
      }
      const [row] = await db.$queryRaw<{ readonly used: number }[]>`
        insert into request_counts as c (who, slot, used) values (${who}, ${slot}, ${count})
        on conflict (who, slot) do update set used = least(c.used + excluded.used, 1000000000)
        returning used`;
      return row?.used ?? count;
    },
  };
}

/** What of requests is written with the change that they ask for. */
export function requestChanges(db: Db): RequestChanges {
  return {
    async markRequestDone({ id, tryId }) {
      const where = { id: bytes(id), tryId };
      return (await db.requestKey.updateMany({ where, data: { doneAt: new Date() } })).count === 1;
    },
    async lockSubject(subject) {
      await db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${subject}, 7316404))`;
    },
  };
}

/** Whether this try is the one that carries the request out. */
async function isBegun(db: Db, { id, requestDigest, tryId }: RequestBegin): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    insert into request_keys as k (id, request_digest, try_id) values (${bytes(id)}, ${bytes(requestDigest)}, ${tryId}::uuid)
    on conflict (id) do update set try_id = excluded.try_id, started_at = now()
      where k.done_at is null and k.started_at < now() - ${GOING_ON_FOR}::interval
        and k.request_digest = excluded.request_digest
    returning 1`;
  return rows.length === 1;
}

function found(db: Db, id: Buffer): Promise<RequestKey | null> {
  return db.requestKey.findUnique({ where: { id: bytes(id) } });
}

function stateOf(row: RequestKey | null, { requestDigest }: RequestBegin): RequestKeyState {
  // It was refused a moment ago, and its key forgotten: whoever asks again begins it.
  if (!row) return { kind: 'going-on' };
  if (!requestDigest.equals(row.requestDigest)) return { kind: 'other-request' };
  if (!row.doneAt) return { kind: 'going-on' };
  return { kind: 'done', answer: row.answer ? Buffer.from(row.answer) : undefined };
}

/** Prisma wants octets over a buffer of their own. */
function bytes(octets: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(octets);
}
