import { ROUTES } from '@postern/admin-contract';
import { done } from '../outcome.ts';
import { verb } from '../verb.ts';
import { readRateQuery } from './rate-query.ts';

/** How recipients ended in buckets of time, for each class, site, credential, sender domain or source that failed most. */
export const bounceHistory = verb(ROUTES.bounceHistory, async ({ store, clock }, { query }) => {
  const reading = await readRateQuery({ store, clock }, query);
  if ('refused' in reading) return reading;
  const { by, span, limit } = query;
  const { since, until } = reading;
  const history = await store.bounceHistory({ ...reading, by, span, limit });
  return done({ ...history, since: since.toISOString(), until: until.toISOString() });
});
