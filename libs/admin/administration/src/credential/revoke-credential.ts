import { ROUTES } from '@postern/admin-contract';
import { verb } from '../verb.ts';
import { withdrawCredential } from './withdraw-credential.ts';

/**
 * Revokes a credential for good; its sessions end. Its name stays taken, so that the audit never speaks of two by one
 * name.
 */
export const revokeCredential = verb(ROUTES.revokeCredential, (context, { params, body }) =>
  withdrawCredential(context, {
    ...params,
    ...body,
    reason: body.reason,
    action: 'credential.revoke',
    from: ['active', 'disabled'],
    to: 'revoked',
  }),
);
