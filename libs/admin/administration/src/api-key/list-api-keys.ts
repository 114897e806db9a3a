import { ROUTES, type ApiKey } from '@postern/admin-contract';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import { verb } from '../verb.ts';

/** API keys, by name, or in the order in which they were made. */
export const listApiKeys = verb(ROUTES.listApiKeys, ({ store }, { query }) => {
  const { sort, order, name } = query;
  const key = sort === 'name' ? z.string().max(64) : z.uuid();
  return readPage({ query, key, keyOf: (item: ApiKey) => (sort === 'name' ? item.name : item.id) }, (slice) =>
    store.listApiKeys({ ...slice, sort, order, nameContains: name }),
  );
});
