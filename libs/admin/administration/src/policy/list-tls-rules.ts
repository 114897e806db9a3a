import { ROUTES, type TlsRule } from '@postern/admin-contract';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import { verb } from '../verb.ts';

/** What operators have decided about the channel, in the order in which they did. */
export const listTlsRules = verb(ROUTES.listTlsRules, ({ store }, { query }) =>
  readPage({ query, key: z.uuid(), keyOf: ({ id }: TlsRule) => id }, (slice) => store.listTlsRules(slice)),
);
