import { ROUTES, type Suppression } from '@postern/admin-contract';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import type { SuppressionKey } from '../ports/bounce-admin.ts';
import { verb } from '../verb.ts';

const KEYS = {
  created: z.object({ sort: z.literal('created'), id: z.uuid() }),
  address: z.object({ sort: z.literal('address'), address: z.string().max(320), scope: z.string().max(320) }),
} as const satisfies Record<SuppressionKey['sort'], z.ZodType<SuppressionKey>>;

/** Addresses that are not sent to, those added last first where nothing else is asked. A cursor belongs to its sort. */
export const listSuppressions = verb(ROUTES.listSuppressions, ({ store }, { query }) => {
  const { sort, order } = query;
  const key: z.ZodType<SuppressionKey> = KEYS[sort];
  const keyOf = ({ id, address, scope }: Suppression): SuppressionKey =>
    sort === 'created' ? { sort, id } : { sort, address, scope };
  return readPage({ query, key, keyOf }, (slice) => store.listSuppressions({ ...slice, order }, { ...query, sort }));
});
