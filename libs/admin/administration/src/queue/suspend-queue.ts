import { ROUTES } from '@postern/admin-contract';
import { conflict } from '../outcome.ts';
import { verb } from '../verb.ts';
import { commandQueue } from './command-queue.ts';

/** Suspends a queue: nothing is sent from it until it is resumed; what is being sent just now is finished. */
export const suspendQueue = verb(ROUTES.suspendQueue, (context, { params, body: { reason } }) =>
  commandQueue(context, { id: params.id, action: 'queue.suspend', reason }, async (changes) => {
    const suspended = await changes.suspendQueue(params.id, { by: context.actor.name, reason });
    return suspended ? undefined : conflict('It is suspended already');
  }),
);
