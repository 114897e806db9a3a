import { ROUTES } from '@postern/admin-contract';
import { verb } from '../verb.ts';
import { moveCredential } from './move-credential.ts';

/** Enables a disabled credential. */
export const enableCredential = verb(ROUTES.enableCredential, (context, { params, body: { reason } }) =>
  moveCredential(context, { ...params, reason, action: 'credential.enable', from: ['disabled'], to: 'active' }),
);
