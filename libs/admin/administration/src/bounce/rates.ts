import { ROUTES } from '@postern/admin-contract';
import { done } from '../outcome.ts';
import { verb } from '../verb.ts';
import { readRateQuery } from './rate-query.ts';

/** How recipients ended over a time, the last day by default, by class, site, credential, sender domain, source or time. */
export const bounceRates = verb(ROUTES.bounceRates, async ({ store, clock }, { query }) => {
  const reading = await readRateQuery({ store, clock }, query);
  if ('refused' in reading) return reading;
  return done({ items: [...(await store.bounceRates({ ...reading, by: query.by, span: undefined }))] });
});
