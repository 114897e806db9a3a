import { ROUTES, type Suspension } from '@postern/admin-contract';
import { parseDomain } from '@postern/smtp';
import type { Context } from '../context.ts';
import { done, invalid } from '../outcome.ts';
import { ownSources } from '../own-sources.ts';
import { verb } from '../verb.ts';
import { judgeReadiness } from './judge-readiness.ts';

const FIRST_DOMAINS = { after: undefined, limit: 100, order: 'ascending', nameContains: undefined } as const;
const MAX_ROUTES = 200;
const MAX_SUSPENSIONS = 1_000;

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
    suspensionsOf(store).catch(() => undefined),
  ]);
  const now = clock.now();
  return done(await judgeReadiness({ machine, sources, resolver, domains, routes, suspensions, to, now }));
});

/** That of all mail, where there is one, before what else is suspended. */
async function suspensionsOf(store: Context['store']): Promise<readonly Suspension[]> {
  const query = { order: 'descending', after: undefined, limit: MAX_SUSPENSIONS } as const;
  const [all, some] = await Promise.all([
    store.listSuspensions({ ...query, scope: 'all' }),
    store.listSuspensions(query),
  ]);
  return [...all, ...some.filter(({ scope }) => scope !== 'all')];
}
