import { ROUTES, type Credential } from '@postern/admin-contract';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import { verb } from '../verb.ts';

/** Submission credentials, by name, or in the order in which they were made. */
export const listCredentials = verb(ROUTES.listCredentials, ({ store }, { query }) => {
  const { sort, order, state, name } = query;
  const key = sort === 'name' ? z.string().max(64) : z.uuid();
  return readPage({ query, key, keyOf: (item: Credential) => (sort === 'name' ? item.name : item.id) }, (slice) =>
    store.listCredentials({ ...slice, sort, order, state, nameContains: name?.toLowerCase() }),
  );
});
