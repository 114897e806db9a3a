import { ROUTES } from '@postern/admin-contract';
import { verb } from '../verb.ts';
import { moveCredential } from './move-credential.ts';

/** Disables a credential: whoever authenticates with it is refused until it is enabled again. */
export const disableCredential = verb(ROUTES.disableCredential, (context, { params, body: { reason } }) =>
  moveCredential(context, { ...params, reason, action: 'credential.disable', from: ['active'], to: 'disabled' }),
);
