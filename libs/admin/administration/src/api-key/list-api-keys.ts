import { ROUTES, type ApiKey } from '@postern/admin-contract';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import { verb } from '../verb.ts';

/** API keys, by name. */
export const listApiKeys = verb(ROUTES.listApiKeys, ({ store }, { query }) =>
  readPage({ query, key: z.string().max(64), keyOf: ({ name }: ApiKey) => name }, (slice) => store.listApiKeys(slice)),
);
