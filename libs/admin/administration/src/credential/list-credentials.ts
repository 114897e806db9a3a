import { ROUTES, type Credential } from '@postern/admin-contract';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import { verb } from '../verb.ts';

/** Submission credentials by name. */
export const listCredentials = verb(ROUTES.listCredentials, ({ store }, { query }) =>
  readPage({ query, key: z.string().max(64), keyOf: (credential: Credential) => credential.name }, (slice) =>
    store.listCredentials({ ...slice, state: query.state, nameContains: query.name?.toLowerCase() }),
  ),
);
