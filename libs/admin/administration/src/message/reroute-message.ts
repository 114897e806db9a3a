import { ROUTES } from '@postern/admin-contract';
import { moveOf } from '../operation/operation-move.ts';
import { findTarget } from '../operation/target.ts';
import { verb } from '../verb.ts';
import { commandMessage } from './command-message.ts';

/** Sends what waits of a message or is held by a route, or looks up anew where it goes. */
export const rerouteMessage = verb(ROUTES.rerouteMessage, async (context, { params, body: { route, reason } }) => {
  const target = await findTarget(context.store, route);
  if ('refused' in target) return target;
  return commandMessage(
    context,
    {
      id: params.id,
      action: 'message.reroute',
      reason,
      facts: { route: target.ok.name ?? null },
      otherwise: 'None of its recipients is queued, deferred or held in another queue',
    },
    (changes, id) => changes.moveMessage(id, moveOf('reroute', { reason, queueId: target.ok.queueId })),
  );
});
