/** The truth: PostgreSQL. */
export { createStore, type Store, type StoreSettings } from './create-store.ts';
export type { StoreLog } from './connection/log.ts';
export type { WorkHandler } from './work/listener.ts';
export { migrate } from './migrate/migrate.ts';
export { MigrationFailed } from './migrate/deploy.ts';
export type { RetryStore } from './routes/retry-store.ts';
export type { RoutePartHealth, RouteStore, StoredRoute } from './routes/route-store.ts';
export type { Ledger } from './counts/ledger.ts';
export { PACE_GROUPS, type PaceSurvey, type PaceTotals } from './pace/pace-totals.ts';
export type { EpochMark, EpochMemory } from './delivery/epoch.ts';
