import { ROUTES } from '@postern/admin-contract';
import { conflict } from '../outcome.ts';
import { verb } from '../verb.ts';
import { commandQueue } from './command-queue.ts';

/** Resumes a suspended queue, and wakes it. */
export const resumeQueue = verb(ROUTES.resumeQueue, async (context, { params, body: { reason } }) => {
  const outcome = await commandQueue(context, { id: params.id, action: 'queue.resume', reason }, async (changes) =>
    (await changes.resumeQueue(params.id)) ? undefined : conflict('It is not suspended'),
  );
  if ('ok' in outcome) context.alarmClock.wake({ queueId: params.id, lane: 0 });
  return outcome;
});
