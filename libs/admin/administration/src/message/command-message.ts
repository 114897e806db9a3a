import type { MovedRecipients } from '@postern/admin-contract';
import { parseMessageId, type MessageId } from '@postern/queue';
import type { Context } from '../context.ts';
import { conflict, done, notFound, type Outcome } from '../outcome.ts';
import type { AdminChanges } from '../ports/admin-store.ts';
import type { Moved } from '../ports/message-admin.ts';

export interface MessageCommand {
  readonly id: string;
  readonly action: string;
  readonly reason: string | undefined;
  /** What else the audit tells. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** Why it is refused when no recipient was in a state for it. */
  readonly otherwise: string;
}

/** Moves recipients of a message and records it in the audit, in one transaction; wakes the queues that it concerns. */
export async function commandMessage(
  { store, actor, alarmClock }: Context,
  command: MessageCommand,
  work: (changes: AdminChanges, id: MessageId) => Promise<Moved>,
): Promise<Outcome<MovedRecipients>> {
  const { action, reason, facts } = command;
  const id = parseMessageId(command.id);
  if (!id || !(await store.showMessage(id))) return notFound(`message ${command.id}`);
  const moved = await store.change(async (changes) => {
    const { recipients, queues } = await work(changes, id);
    if (recipients > 0) {
      await changes.audit({ actor, action, subjectId: id, subjectName: id, reason, facts: { ...facts, recipients } });
    }
    return { recipients, queues };
  });
  if (moved.recipients === 0) return conflict(command.otherwise);
  for (const queueId of moved.queues) alarmClock.wake({ queueId, lane: 0 });
  return done({ recipients: moved.recipients });
}
