import { ROUTES } from '@postern/admin-contract';
import { parseDomain } from '@postern/smtp';
import { done, invalid } from '../outcome.ts';
import { ownSources } from '../own-sources.ts';
import { verb } from '../verb.ts';
import { judgeReadiness } from './judge-readiness.ts';

const FIRST_DOMAINS = { after: undefined, limit: 100, order: 'ascending', nameContains: undefined } as const;
const MAX_ROUTES = 200;

/** Whether a mail would go out well from here, now. */
export const showReadiness = verb(ROUTES.showReadiness, async (context, { query }) => {
  const { store, clock, machine, resolver } = context;
  const to = query.domain === undefined ? undefined : parseDomain(query.domain);
  if (query.domain !== undefined && to === undefined)
    return invalid([{ field: 'query.domain', message: 'Expected a domain' }]);
  const domains = await store.listDomains(FIRST_DOMAINS).catch(() => undefined);
  const [routes, sources, suspensions] = await Promise.all([
    store.listRoutes({ sort: 'position', order: 'ascending', after: undefined, limit: MAX_ROUTES }).catch(() => []),
    ownSources(context).catch(() => context.sources),
    store.listSuspensions().catch(() => undefined),
  ]);
  const now = clock.now();
  return done(await judgeReadiness({ machine, sources, resolver, domains, routes, suspensions, to, now }));
});
