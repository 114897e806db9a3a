import { ROUTES } from '@postern/admin-contract';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';
import { readNetworkReference } from './reference.ts';

/** One listed network, by its id or its CIDR. */
export const showNetwork = verb(ROUTES.showNetwork, async ({ store }, { params }) => {
  const reference = readNetworkReference(params.network);
  const network = reference && (await store.findNetwork(reference));
  return network ? done(network) : notFound(`listed network ${params.network}`);
});
