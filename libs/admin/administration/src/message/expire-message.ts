import { ROUTES } from '@postern/admin-contract';
import { moveOf } from '../operation/operation-move.ts';
import { verb } from '../verb.ts';
import { commandMessage } from './command-message.ts';

/** Gives a message up: what waits of it or is held has expired, and its sender hears of it. */
export const expireMessage = verb(ROUTES.expireMessage, (context, { params, body: { reason } }) =>
  commandMessage(
    context,
    {
      id: params.id,
      action: 'message.expire',
      reason,
      otherwise: 'None of its recipients is queued, deferred or held',
    },
    (changes, id) => changes.moveMessage(id, moveOf('expire', { reason })),
  ),
);
