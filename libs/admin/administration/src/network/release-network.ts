import { ROUTES } from '@postern/admin-contract';
import { notFound } from '../outcome.ts';
import { releaseSubmitter } from '../submitter/release-submitter.ts';
import { verb } from '../verb.ts';
import { readNetworkReference } from './reference.ts';

/** Releases a listed network whose new mail the abuse guard holds. */
export const releaseNetwork = verb(ROUTES.releaseNetwork, async (context, { params, body: { reason, mail } }) => {
  const reference = readNetworkReference(params.network);
  const found = reference && (await context.store.findNetwork(reference));
  if (!found) return notFound(`listed network ${params.network}`);
  const { id, cidr, guard } = found;
  return releaseSubmitter(context, { kind: 'network', id, name: cidr, heldSince: guard.heldSince, reason, mail });
});
