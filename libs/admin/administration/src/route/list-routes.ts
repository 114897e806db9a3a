import { ROUTES, type MailRoute } from '@postern/admin-contract';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import { verb } from '../verb.ts';

const KEY = z.object({ position: z.int32(), name: z.string().max(64) });

/** Routes to upstream smarthosts, in the order in which they are asked, or by name. */
export const listRoutes = verb(ROUTES.listRoutes, ({ store }, { query }) => {
  const { sort, order, kind, name: nameContains } = query;
  return readPage({ query, key: KEY, keyOf: ({ position, name }: MailRoute) => ({ position, name }) }, (slice) =>
    store.listRoutes({ ...slice, sort, order, kind, nameContains }),
  );
});
