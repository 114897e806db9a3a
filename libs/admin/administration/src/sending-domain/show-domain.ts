import { ROUTES } from '@postern/admin-contract';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';
import { domainDetail } from './domain-view.ts';
import { findDomain } from './reference.ts';

/** A sending domain with the records to publish. */
export const showDomain = verb(ROUTES.showDomain, async ({ store, sources }, { params }) => {
  const domain = await findDomain(store, params.domain);
  return domain ? done(domainDetail(domain, sources)) : notFound(`sending domain ${params.domain}`);
});
