import { ROUTES } from '@postern/admin-contract';
import { verb } from '../verb.ts';
import { commandMessage } from './command-message.ts';

/** Cancels a message: its queued, deferred and held recipients are never sent. What is being sent just now is not stopped. */
export const cancelMessage = verb(ROUTES.cancelMessage, (context, { params, body }) =>
  commandMessage(
    context,
    {
      id: params.id,
      action: 'message.cancel',
      reason: body.reason,
      otherwise: 'None of its recipients is queued, deferred or held',
    },
    (changes, id) => changes.moveMessage(id, { kind: 'cancel' }),
  ),
);
