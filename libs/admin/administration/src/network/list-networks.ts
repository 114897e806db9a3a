import { ROUTES, type Network } from '@postern/admin-contract';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import { verb } from '../verb.ts';

/** Listed networks, in the order in which they were listed. */
export const listNetworks = verb(ROUTES.listNetworks, ({ store }, { query }) =>
  readPage({ query, key: z.uuid(), keyOf: (network: Network) => network.id }, (slice) => store.listNetworks(slice)),
);
