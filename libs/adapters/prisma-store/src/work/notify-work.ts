import type { QueueId } from '@postern/queue';
import type { Pool } from 'pg';
import { texts } from '../connection/arrays.ts';
import { run, type Statement } from '../connection/run.ts';
import { WORK_CHANNEL } from './channel.ts';

/**
 * Tells every process that listens that something has become due in these queues.
 *
 * In a transaction of its own that does not wait for the disk: notifications are queued under one lock of the whole
 * server, which must not be held while mail is being committed. It never rejects: a nudge that is lost is made up for by
 * the sweep.
 */
export async function notifyWork(pool: Pool, queueIds: Iterable<QueueId>): Promise<void> {
  const payloads = payloadsOf(new Set(queueIds));
  if (payloads.length > 0) await run(pool, NOTIFY, [texts(payloads)]).catch(() => undefined);
}

/** The ids that a payload tells. */
export function queueIdsOf(payload: string): readonly QueueId[] {
  return payload
    .split(',')
    .map(Number)
    .filter((id) => Number.isSafeInteger(id) && id > 0);
}

/** A payload is shorter than 8,000 octets, an id at most 10 digits. */
const IDS_PER_PAYLOAD = 700;

function payloadsOf(queueIds: ReadonlySet<QueueId>): readonly string[] {
  const ids = [...queueIds];
  const payloads: string[] = [];
  for (let at = 0; at < ids.length; at += IDS_PER_PAYLOAD) payloads.push(ids.slice(at, at + IDS_PER_PAYLOAD).join());
  return payloads;
}

const NOTIFY: Statement = {
  name: 'notify-work',
  text: `
    select pg_notify('${WORK_CHANNEL}', payload)
    from (select set_config('synchronous_commit', 'off', true)) without_waiting, unnest($1::text[]) as payload`,
};
