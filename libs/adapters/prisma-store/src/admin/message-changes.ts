import type { MessageChanges } from '@postern/administration';
import { Prisma } from '../generated/client.ts';
import type { Db } from './client.ts';
import { moveRecipients } from './move-recipients.ts';

/** Messages, commanded. */
export function messageChanges(db: Db): MessageChanges {
  return {
    moveMessage: (id, move) =>
      moveRecipients(
        db,
        Prisma.sql`select queue_id, message_id, number from recipients where message_id = ${id}::uuid`,
        move,
      ),
  };
}
