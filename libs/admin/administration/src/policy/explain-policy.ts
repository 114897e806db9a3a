import { ROUTES } from '@postern/admin-contract';
import { parseDomain } from '@postern/smtp';
import { done, invalid } from '../outcome.ts';
import { verb } from '../verb.ts';

/** What a delivery to a domain would have to prove right now, and why; asks the DNS and speaks with its hosts. */
export const explainPolicy = verb(ROUTES.explainPolicy, async ({ explainDelivery }, { params }) => {
  const domain = parseDomain(params.domain);
  if (domain === undefined) return invalid([{ field: 'params.domain', message: 'Expected a domain: example.com' }]);
  return done(await explainDelivery(domain));
});
