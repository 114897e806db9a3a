import { ROUTES, TREND_HOURS, type Trends } from '@postern/admin-contract';
import type { Context } from '../context.ts';
import { done, type Outcome } from '../outcome.ts';
import type { TrendQuery } from '../ports/volume-admin.ts';
import { verb } from '../verb.ts';

const HOUR_MS = 3_600_000;

/** How attempts of the last hours ended, for each delivery queue of a page. */
export const queueTrends = verb(ROUTES.queueTrends, (context, { query }) => trendsOf(context, 'queue', query));

/** The same for each credential of a page. */
export const credentialTrends = verb(ROUTES.credentialTrends, (context, { query }) =>
  trendsOf(context, 'submitter', query),
);

/** The same for each listed network of a page. */
export const networkTrends = verb(ROUTES.networkTrends, (context, { query }) => trendsOf(context, 'submitter', query));

async function trendsOf(
  { store, clock }: Context,
  of: TrendQuery['of'],
  query: { readonly ids: string },
): Promise<Outcome<Trends>> {
  const ids = [...new Set(query.ids.toLowerCase().split(','))];
  const last = Math.floor(clock.now().getTime() / HOUR_MS);
  const since = new Date((last - TREND_HOURS + 1) * HOUR_MS);
  const found = await store.trends({ of, ids, since, hours: TREND_HOURS });
  const none = () => Array.from({ length: TREND_HOURS }, () => 0);
  return done({
    since: since.toISOString(),
    items: ids.map((id) => found.find((each) => each.id === id) ?? { id, delivered: none(), troubled: none() }),
  });
}
