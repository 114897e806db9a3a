import { ROUTES } from '@postern/admin-contract';
import { done } from '../outcome.ts';
import { verb } from '../verb.ts';
import { rangeUntil } from './range.ts';

/** The delivery queues with the most trouble over a time, each with its cause. */
export const listTroubles = verb(ROUTES.listTroubles, async ({ store, clock }, { query }) => {
  const { since, until } = rangeUntil(clock.now(), query.range);
  return done({ items: [...(await store.troubles({ since, until, limit: query.limit }))] });
});
