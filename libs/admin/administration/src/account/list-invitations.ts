import { ROUTES, type Invitation } from '@postern/admin-contract';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import { verb } from '../verb.ts';

/** Invitations, the latest first. */
export const listInvitations = verb(ROUTES.listInvitations, ({ store }, { query }) =>
  readPage({ query, key: z.uuid(), keyOf: ({ id }: Invitation) => id }, (slice) => store.listInvitations(slice)),
);
