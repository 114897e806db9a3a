import { ROUTES, type Source } from '@postern/admin-contract';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import { verb } from '../verb.ts';

/** Sources, by name. */
export const listSources = verb(ROUTES.listSources, ({ store }, { query }) =>
  readPage({ query, key: z.string(), keyOf: ({ name }: Source) => name }, (slice) => store.listSources(slice)),
);
