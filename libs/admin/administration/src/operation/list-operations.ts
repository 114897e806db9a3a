import { ROUTES, type Operation } from '@postern/admin-contract';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import { verb } from '../verb.ts';

/** Operations, the latest first. */
export const listOperations = verb(ROUTES.listOperations, ({ store }, { query }) =>
  readPage({ query, key: z.uuid(), keyOf: (operation: Operation) => operation.id }, (slice) =>
    store.listOperations({ ...slice, order: query.order, kind: query.kind, state: query.state }),
  ),
);
