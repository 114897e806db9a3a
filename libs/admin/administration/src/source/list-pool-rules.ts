import { type PoolRule, ROUTES } from '@postern/admin-contract';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import { verb } from '../verb.ts';

/** The rules about pools, in the order in which they are asked. */
export const listPoolRules = verb(ROUTES.listPoolRules, ({ store }, { query }) =>
  readPage({ query, key: z.uuid(), keyOf: ({ id }: PoolRule) => id }, (slice) => store.listPoolRules(slice)),
);
