import { ROUTES } from '@postern/admin-contract';
import { done, notFound } from '../outcome.ts';
import { readNetworkReference } from './reference.ts';
import { verb } from '../verb.ts';

/** Removes a listed network, by its id or its CIDR: its hosts are refused from their next connection on. */
export const removeNetwork = verb(ROUTES.removeNetwork, async ({ store, actor }, { params, body }) => {
  const reference = readNetworkReference(params.network);
  const network = reference && (await store.findNetwork(reference));
  if (!network) return notFound(`listed network ${params.network}`);
  return store.change(async (changes) => {
    if (!(await changes.removeNetwork(network.id))) return notFound(`listed network ${params.network}`);
    const subject = { subjectId: network.id, subjectName: network.cidr };
    const facts = { senderRules: network.senderRules };
    await changes.audit({ actor, action: 'network.remove', ...subject, reason: body.reason, facts });
    return done(undefined);
  });
});
