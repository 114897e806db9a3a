import { ROUTES } from '@postern/admin-contract';
import { verb } from '../verb.ts';
import { commandMessage } from './command-message.ts';

/** Makes the deferred recipients of a message due now. */
export const retryMessage = verb(ROUTES.retryMessage, (context, { params, body }) =>
  commandMessage(
    context,
    { id: params.id, action: 'message.retry', reason: body.reason, otherwise: 'None of its recipients is deferred' },
    (changes, id) => changes.moveMessage(id, { kind: 'retry' }),
  ),
);
