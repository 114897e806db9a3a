import { ROUTES, type Invitation } from '@postern/admin-contract';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import { verb } from '../verb.ts';

/** Invitations in the order in which they were made, the latest first unless it is turned round. */
export const listInvitations = verb(ROUTES.listInvitations, ({ store }, { query }) => {
  const { order, state, contains } = query;
  return readPage({ query, key: z.uuid(), keyOf: ({ id }: Invitation) => id }, (slice) =>
    store.listInvitations({ ...slice, order, state, contains }),
  );
});
