import type { QueueChanges } from '@postern/administration';
import type { Db } from './client.ts';
import { liftRest, limitQueue } from './queue-pace.ts';

/** Delivery queues, commanded. */
export function queueChanges(db: Db): QueueChanges {
  return {
    async suspendQueue(id, { until, by, reason }) {
      const moved = await db.$executeRaw`
        update delivery_queues
        set suspended_at = now(), suspended_until = ${until ?? null}, suspended_by = ${by}, suspended_reason = ${reason ?? null}
        where id = ${id} and (suspended_at is null or suspended_until <= now())`;
      return moved === 1;
    },
    async resumeQueue(id) {
      const moved = await db.$executeRaw`
        update delivery_queues
        set suspended_at = null, suspended_until = null, suspended_by = null, suspended_reason = null
        where id = ${id} and suspended_at is not null and (suspended_until is null or suspended_until > now())`;
      return moved === 1;
    },
    limitQueue: (id, limits) => limitQueue(db, id, limits),
    async retryQueue(id) {
      await liftRest(db, id);
      return db.$executeRaw`
        update waiting_recipients set due_at = now() where queue_id = ${id} and state = 'deferred' and due_at > now()`;
    },
  };
}
