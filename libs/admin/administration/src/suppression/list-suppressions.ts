import { ROUTES, type Suppression } from '@postern/admin-contract';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import { verb } from '../verb.ts';

/** Addresses that are not sent to, in the order in which they were suppressed. */
export const listSuppressions = verb(ROUTES.listSuppressions, ({ store }, { query }) =>
  readPage({ query, key: z.uuid(), keyOf: (item: Suppression) => item.id }, (slice) =>
    store.listSuppressions(slice, query),
  ),
);
