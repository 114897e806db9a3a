import type { BounceStore } from '@postern/reports';
import type { Pool } from 'pg';
import { doWork } from './do-work.ts';
import { foldOutcomes } from './fold-outcomes.ts';
import { measureDepth } from './measure-depth.ts';
import { watchRates } from './watch-rates.ts';
import { liftSuppressions } from './lift-suppressions.ts';

/** What reporting needs of the store. */
export function bounceStore(pool: Pool): BounceStore {
  return {
    doWork: (decide, limit, sign) => doWork(pool, decide, { limit, sign }),
    liftSuppressions: () => liftSuppressions(pool),
    foldOutcomes: () => foldOutcomes(pool),
    measureDepth: () => measureDepth(pool),
    watchRates: () => watchRates(pool),
  };
}
