import { ROUTES } from '@postern/admin-contract';
import { done } from '../outcome.ts';
import { verb } from '../verb.ts';
import { rangeUntil } from './range.ts';
import { VOLUME_THRESHOLDS } from './thresholds.ts';

/** What became of mail over a time, in steps. */
export const showVolume = verb(ROUTES.showVolume, async ({ store, clock }, { query }) => {
  const range = rangeUntil(clock.now(), query.range);
  return done({
    since: range.since.toISOString(),
    until: range.until.toISOString(),
    stepSeconds: range.stepSeconds,
    ...(await store.volume(range)),
    thresholds: VOLUME_THRESHOLDS,
  });
});
