import { ROUTES, type Source } from '@postern/admin-contract';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import { verb } from '../verb.ts';

const KEY = z.object({ pool: z.string().max(64), name: z.string().max(64) });

/** Sources, by name or by pool. */
export const listSources = verb(ROUTES.listSources, ({ store }, { query }) => {
  const { sort, order, pool, name: nameContains } = query;
  return readPage({ query, key: KEY, keyOf: ({ pool: of, name }: Source) => ({ pool: of, name }) }, (slice) =>
    store.listSources({ ...slice, sort, order, pool, nameContains }),
  );
});
