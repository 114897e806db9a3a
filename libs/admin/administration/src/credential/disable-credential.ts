import { ROUTES } from '@postern/admin-contract';
import { verb } from '../verb.ts';
import { withdrawCredential } from './withdraw-credential.ts';

/** Disables a credential: its sessions end, and whoever authenticates with it is refused until it is enabled again. */
export const disableCredential = verb(ROUTES.disableCredential, (context, { params, body }) =>
  withdrawCredential(context, {
    ...params,
    ...body,
    reason: body.reason,
    action: 'credential.disable',
    from: ['active'],
    to: 'disabled',
  }),
);
