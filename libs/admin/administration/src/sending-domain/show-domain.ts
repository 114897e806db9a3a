import { ROUTES } from '@postern/admin-contract';
import { done, notFound } from '../outcome.ts';
import { ownSources } from '../own-sources.ts';
import { verb } from '../verb.ts';
import { domainDetail } from './domain-view.ts';
import { findDomain } from './reference.ts';

/** A sending domain with the records to publish. */
export const showDomain = verb(ROUTES.showDomain, async (context, { params }) => {
  const domain = await findDomain(context.store, params.domain);
  return domain ? done(domainDetail(domain, await ownSources(context))) : notFound(`sending domain ${params.domain}`);
});
