import { ROUTES } from '@postern/admin-contract';
import { conflict } from '../outcome.ts';
import { verb } from '../verb.ts';
import { readUntil } from '../suspension/until.ts';
import { commandQueue } from './command-queue.ts';

/** Suspends a queue: nothing is sent from it for an hour, or until the time given; what is being sent just now is finished. */
export const suspendQueue = verb(ROUTES.suspendQueue, (context, { params, body }) => {
  const { reason } = body;
  const until = readUntil(body.until, context.clock.now());
  if ('refused' in until) return Promise.resolve(until);
  const command = { id: params.id, action: 'queue.suspend', reason, facts: { until: until.ok ?? null } };
  return commandQueue(context, command, async (changes) => {
    const suspended = await changes.suspendQueue(params.id, { until: until.ok, by: context.actor.name, reason });
    return suspended ? undefined : conflict('It is suspended already');
  });
});
