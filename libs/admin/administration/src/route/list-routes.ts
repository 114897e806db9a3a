import { ROUTES, type MailRoute } from '@postern/admin-contract';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import { verb } from '../verb.ts';

/** Routes to upstream smarthosts, by name. */
export const listRoutes = verb(ROUTES.listRoutes, ({ store }, { query }) =>
  readPage({ query, key: z.string().max(64), keyOf: (route: MailRoute) => route.name }, (slice) =>
    store.listRoutes(slice),
  ),
);
