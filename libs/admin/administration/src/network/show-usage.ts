import { ROUTES } from '@postern/admin-contract';
import { done, notFound } from '../outcome.ts';
import { usageOf } from '../submitter/show-usage.ts';
import { verb } from '../verb.ts';
import { readNetworkReference } from './reference.ts';

/** What a listed network uses of its limits now, and what the abuse guard has learned of it. */
export const showNetworkUsage = verb(ROUTES.showNetworkUsage, async (context, { params }) => {
  const reference = readNetworkReference(params.network);
  const network = reference && (await context.store.findNetwork(reference));
  return network ? done(await usageOf(context, network)) : notFound(`listed network ${params.network}`);
});
