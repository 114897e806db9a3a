import { ROUTES } from '@postern/admin-contract';
import { moveOf } from '../operation/operation-move.ts';
import { verb } from '../verb.ts';
import { commandMessage } from './command-message.ts';

/** Returns a message: what waits of it or is held has failed for good, and its sender hears of it. */
export const bounceMessage = verb(ROUTES.bounceMessage, (context, { params, body: { reason } }) =>
  commandMessage(
    context,
    {
      id: params.id,
      action: 'message.bounce',
      reason,
      otherwise: 'None of its recipients is queued, deferred or held',
    },
    (changes, id) => changes.moveMessage(id, moveOf('bounce', { reason })),
  ),
);
