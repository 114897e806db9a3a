import { ROUTES } from '@postern/admin-contract';
import { verb } from '../verb.ts';
import { commandMessage } from './command-message.ts';

/** Releases a held message: its held recipients go back to where they were held from. */
export const releaseMessage = verb(ROUTES.releaseMessage, (context, { params, body }) =>
  commandMessage(
    context,
    { id: params.id, action: 'message.release', reason: body.reason, otherwise: 'None of its recipients is held' },
    (changes, id) => changes.moveMessage(id, { kind: 'release' }),
  ),
);
