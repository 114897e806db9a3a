import { ROUTES } from '@postern/admin-contract';
import { verb } from '../verb.ts';
import { commandMessage } from './command-message.ts';

/** Holds a message: its queued and deferred recipients are not sent until it is released. */
export const holdMessage = verb(ROUTES.holdMessage, (context, { params, body }) =>
  commandMessage(
    context,
    {
      id: params.id,
      action: 'message.hold',
      reason: body.reason,
      otherwise: 'None of its recipients is queued or deferred',
    },
    (changes, id) => changes.moveMessage(id, { kind: 'hold' }),
  ),
);
