import { ROUTES } from '@postern/admin-contract';
import { verb } from '../verb.ts';
import { moveCredential } from './move-credential.ts';

/** Revokes a credential for good. Its name stays taken, so that the audit never speaks of two by one name. */
export const revokeCredential = verb(ROUTES.revokeCredential, (context, { params, body: { reason } }) =>
  moveCredential(context, {
    ...params,
    reason,
    action: 'credential.revoke',
    from: ['active', 'disabled'],
    to: 'revoked',
  }),
);
