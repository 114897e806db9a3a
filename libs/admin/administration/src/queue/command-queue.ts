import type { Queue } from '@postern/admin-contract';
import type { QueueId } from '@postern/queue';
import type { Context } from '../context.ts';
import { done, notFound, type Outcome, type Refusal } from '../outcome.ts';
import type { AdminChanges } from '../ports/admin-store.ts';

/** Changes a queue and records it in the audit, in one transaction; answers the queue as it is then. */
export async function commandQueue(
  { store, actor }: Context,
  command: {
    readonly id: QueueId;
    readonly action: string;
    readonly reason: string | undefined;
    readonly facts?: object;
  },
  work: (changes: AdminChanges) => Promise<{ readonly refused: Refusal } | undefined>,
): Promise<Outcome<Queue>> {
  const { id, action, reason, facts } = command;
  const before = await store.showQueue(id);
  if (!before) return notFound(`queue ${id}`);
  const refused = await store.change(async (changes) => {
    const refusal = await work(changes);
    if (!refusal) {
      await changes.audit({
        actor,
        action,
        subjectId: String(id),
        subjectName: before.name,
        reason,
        facts: { ...facts },
      });
    }
    return refusal;
  });
  if (refused) return refused;
  const after = await store.showQueue(id);
  return after ? done(after) : notFound(`queue ${id}`);
}
