import { ROUTES } from '@postern/admin-contract';
import { done } from '../outcome.ts';
import { verb } from '../verb.ts';

const DAY_MS = 86_400_000;

/** What came of TLS, by day and destination. */
export const listTlsResults = verb(ROUTES.listTlsResults, async ({ store, clock }, { query }) => {
  const since = new Date(clock.now().getTime() - (query.days - 1) * DAY_MS);
  return done({ items: [...(await store.listTlsResults(since, query.domain?.toLowerCase()))] });
});
