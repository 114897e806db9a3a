import type { Operation, OperationChanges, OperationReads } from '@postern/administration';
import { StoreUnavailable, type QueueId } from '@postern/queue';
import { Prisma, type Operation as Row, type PrismaClient } from '../generated/client.ts';
import { instant, instantOrNull, type Db } from './client.ts';
import { newId } from './credentials.ts';
import { guarded, isCollision } from './guard.ts';
import { operationBatch } from './operation-batch.ts';
import { operationSources } from './operation-sources.ts';
import { behind, DIRECTION } from './order.ts';

/** Operations, read and worked on. */
export function operationReads(db: PrismaClient): OperationReads {
  return {
    async countOperation(operation) {
      const sources = await operationSources(db, operation);
      if (sources.length === 0) return { messages: 0, recipients: 0 };
      const all = sources.map((source) => Prisma.sql`(${source.matching(undefined, undefined)})`);
      const [row] = await db.$queryRaw<{ messages: number; recipients: number }[]>`
        select count(distinct message_id)::float8 as messages, count(*)::float8 as recipients
        from (${Prisma.join(all, ' union all ')}) each_recipient`;
      return { messages: row?.messages ?? 0, recipients: row?.recipients ?? 0 };
    },

    async listOperations({ after, limit, order, kind, state }) {
      const where = { id: behind(order, after), ...(kind ? { kind } : {}), ...(state ? { state } : {}) };
      return (await db.operation.findMany({ where, orderBy: { id: DIRECTION[order] }, take: limit })).map(viewOf);
    },

    async showOperation(id) {
      const row = await db.operation.findUnique({ where: { id } });
      return row ? viewOf(row) : undefined;
    },

    workOnOperations: (id) => workOnOperations(db, id),
  };
}

/** Operations, commanded. */
export function operationChanges(db: Db): OperationChanges {
  return {
    async addOperation({ kind, query, reason, by, expected, target }) {
      const row = await db.operation.create({
        data: {
          id: newId(),
          kind,
          query,
          reason: reason ?? null,
          actorName: by,
          expected,
          targetQueueId: target?.queueId ?? null,
          targetName: target?.name ?? null,
          createdAt: new Date(),
        },
      });
      return viewOf(row);
    },

    async cancelOperation(id, by) {
      const [row] = await db.operation.updateManyAndReturn({
        where: { id, endedAt: null, cancelledBy: null },
        data: { cancelledBy: by },
      });
      return row && viewOf(row);
    },
  };
}

const TIMES = { maxWait: 5_000, timeout: 30_000 } as const;

/** Whoever locks an operation's row does its next batch; the others take another operation, or come again. */
async function workOnOperations(db: PrismaClient, id?: string) {
  const which = id === undefined ? Prisma.sql`true` : Prisma.sql`id = ${id}::uuid`;
  let at: Row | undefined;
  try {
    return await guarded(() =>
      db.$transaction(async (tx): Promise<{ readonly queues: readonly QueueId[] } | undefined> => {
        const [found] = await tx.$queryRaw<{ readonly id: string }[]>`
          select id from operations where ended_at is null and ${which} order by created_at limit 1
          for update skip locked`;
        const row = found && (await tx.operation.findUnique({ where: { id: found.id } }));
        if (!row) return undefined;
        at = row;
        return { queues: await operationBatch(tx, row) };
      }, TIMES),
    );
  } catch (error) {
    if (isCollision(error instanceof StoreUnavailable ? error.cause : error)) return { queues: [] };
    if (error instanceof StoreUnavailable || at === undefined) throw error;
    // It would fail again and again, and whoever asked for it would wait for nothing.
    const fault = error instanceof Error ? error.message.trim().split('\n').at(-1) : String(error);
    await db.operation.updateMany({
      where: { id: at.id, endedAt: null },
      data: { state: 'failed', fault: fault?.slice(0, 500) ?? 'a fault of ours', endedAt: new Date() },
    });
    return { queues: [] };
  }
}

function viewOf(row: Row): Operation {
  const { id, kind, state, query, reason, targetName, actorName, cancelledBy, fault } = row;
  return {
    id,
    kind,
    state,
    query,
    reason,
    route: targetName,
    by: actorName,
    createdAt: instant(row.createdAt),
    startedAt: instantOrNull(row.startedAt),
    endedAt: instantOrNull(row.endedAt),
    expected: Number(row.expected),
    moved: Number(row.moved),
    cancelledBy,
    fault,
  };
}
