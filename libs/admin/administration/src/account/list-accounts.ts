import { ROUTES, type Account } from '@postern/admin-contract';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import { verb } from '../verb.ts';

/** People who may sign in, by e-mail address. */
export const listAccounts = verb(ROUTES.listAccounts, ({ store }, { query }) =>
  readPage({ query, key: z.string().max(254), keyOf: ({ email }: Account) => email }, (slice) =>
    store.listAccounts({ ...slice, order: query.order, contains: query.contains, role: query.role }),
  ),
);
