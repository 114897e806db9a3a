import { ROUTES, type Network } from '@postern/admin-contract';
import { parseNetwork } from '@postern/dns';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import { verb } from '../verb.ts';

/** Listed networks, by address, or in the order in which they were listed. */
export const listNetworks = verb(ROUTES.listNetworks, ({ store }, { query }) => {
  const { sort, order, contains } = query;
  const key = sort === 'cidr' ? z.string().max(64).refine(isNetwork) : z.uuid();
  const within = contains === undefined ? undefined : networkIn(contains);
  return readPage({ query, key, keyOf: ({ cidr, id }: Network) => (sort === 'cidr' ? cidr : id) }, (slice) =>
    store.listNetworks({ ...slice, sort, order, contains, within }),
  );
});

function isNetwork(text: string): boolean {
  return networkIn(text) !== undefined;
}

function networkIn(text: string): string | undefined {
  const reading = parseNetwork(text);
  return reading.kind === 'network' ? reading.network.text : undefined;
}
