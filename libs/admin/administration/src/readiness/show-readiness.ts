import { ROUTES } from '@postern/admin-contract';
import { parseDomain } from '@postern/smtp';
import { done, invalid } from '../outcome.ts';
import { verb } from '../verb.ts';
import { judgeReadiness } from './judge-readiness.ts';

const MAX_DOMAINS = 100;

/** Whether a mail would go out well from here, now. */
export const showReadiness = verb(ROUTES.showReadiness, async (context, { query }) => {
  const { store, clock, machine, sources, resolver, blockLists } = context;
  const to = query.domain === undefined ? undefined : parseDomain(query.domain);
  if (query.domain !== undefined && to === undefined)
    return invalid([{ field: 'query.domain', message: 'Expected a domain' }]);
  const domains = await store.listDomains({ after: undefined, limit: MAX_DOMAINS }).catch(() => undefined);
  return done(await judgeReadiness({ machine, sources, resolver, blockLists, domains, to, now: clock.now() }));
});
