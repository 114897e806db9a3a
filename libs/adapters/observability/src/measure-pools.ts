import type { Metrics } from './metrics.ts';

/** How the connections of a pool are used at this moment. */
export interface PoolUse {
  readonly open: number;
  readonly idle: number;
  /** Those who wait for one. */
  readonly waiting: number;
}

/** Tells how the pools of connections to the database are used, when it is asked. */
export function measurePools(metrics: Metrics, use: () => Readonly<Record<'hot' | 'free', PoolUse>>): void {
  const connections = metrics.gauge({
    name: 'postern_pool_connections',
    help: 'Connections to the database, of the hot path and of everything else',
    labels: { pool: ['hot', 'free'], state: ['open', 'idle'] },
  });
  const waits = metrics.gauge({
    name: 'postern_pool_waiting',
    help: 'Who waits for a connection to the database',
    labels: { pool: ['hot', 'free'] },
  });
  metrics.beforeRead(() => {
    for (const [pool, { open, idle, waiting }] of Object.entries(use())) {
      connections.set({ pool, state: 'open' }, open);
      connections.set({ pool, state: 'idle' }, idle);
      waits.set({ pool }, waiting);
    }
    return Promise.resolve();
  });
}
