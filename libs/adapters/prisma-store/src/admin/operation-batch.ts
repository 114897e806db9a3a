import { moveOf, readMessageQuery } from '@postern/administration';
import type { QueueId } from '@postern/queue';
import { Prisma, type Operation as Row } from '../generated/client.ts';
import { moveRecipients } from './move-recipients.ts';
import { operationSources, type SourceKey } from './operation-sources.ts';

/** Rows of a source that are looked at in one transaction: their locks are held for a fraction of a second. */
const BATCH = 5_000;

type Tx = Prisma.TransactionClient;

/**
 * Does the next batch of an operation whose row is locked by this transaction, and writes down how far it has come.
 * Answers the queues in which something is due because of it.
 */
export async function operationBatch(tx: Tx, row: Row): Promise<readonly QueueId[]> {
  if (row.cancelledBy !== null) return end(tx, row, { state: 'cancelled' });
  const reading = readMessageQuery(row.query, row.createdAt);
  if ('fault' in reading) return end(tx, row, { state: 'failed', fault: reading.fault });
  await tx.$queryRaw(ALONG_INDEXES);
  const sources = await operationSources(tx, { kind: row.kind, conditions: reading.ok });
  const source = sources[row.source];
  if (!source) return end(tx, row, { state: 'done' });
  const after = keyOf(row.cursor);
  const [piece] = await tx.$queryRaw<{ k1: string | number; k2: string | number; k3: number | null }[]>(
    source.pieceEnd(after, BATCH),
  );
  const upTo = piece && [piece.k1, piece.k2, ...(piece.k3 === null ? [] : [piece.k3])];
  // It is all written down with the last batch; a batch that a crash of the database takes back is done again.
  if (upTo) await tx.$queryRaw`select set_config('synchronous_commit', 'off', true)`;
  const move = moveOf(row.kind, { reason: row.reason ?? undefined, queueId: row.targetQueueId ?? undefined });
  const moved = await moveRecipients(tx, source.matching(after, upTo), move);
  await tx.operation.update({
    where: { id: row.id },
    data: {
      moved: { increment: moved.recipients },
      startedAt: row.startedAt ?? new Date(),
      ...(upTo ? { cursor: upTo } : { cursor: Prisma.DbNull, source: { increment: 1 } }),
    },
    select: { id: true },
  });
  if (!upTo && row.source + 1 >= sources.length) await end(tx, row, { state: 'done' });
  return moved.queues;
}

/** As for the statements of the hot path: a piece is found along an index, whatever the planner believes (docs/adr/0014). */
const ALONG_INDEXES = Prisma.sql`
  select set_config(name, 'off', true)
  from unnest(array['enable_seqscan', 'enable_bitmapscan', 'enable_hashjoin', 'enable_mergejoin']) as name`;

async function end(
  tx: Tx,
  { id }: Row,
  how: { readonly state: 'done' | 'cancelled' | 'failed'; readonly fault?: string },
): Promise<readonly QueueId[]> {
  await tx.$executeRaw`
    update operations set state = ${how.state}::operation_state, fault = ${how.fault ?? null}, ended_at = now(), cursor = null
    where id = ${id}::uuid`;
  return [];
}

/** A cursor is what we wrote. */
function keyOf(cursor: unknown): SourceKey | undefined {
  return Array.isArray(cursor) ? cursor : undefined;
}
