import type { AdminStore } from '@postern/administration';
import type { Metrics } from '@postern/observability';

const TOKENS = ['accepted', 'expired', 'forged', 'other'] as const;

/** What is tried at the listener for bounces: forged and expired return-paths change nothing, and are counted. */
export function countReturnPaths(metrics: Metrics, store: Pick<AdminStore, 'returnPathTries'>): void {
  const counter = metrics.counter({
    name: 'postern_return_path_recipients_total',
    help: 'Recipients tried at the listener for bounces, by what their token was',
    labels: { token: TOKENS },
  });
  const seen = new Map<string, number>();
  metrics.beforeRead(async () => {
    const tries = await store.returnPathTries();
    for (const token of TOKENS) {
      const now = tries.get(token) ?? 0;
      counter.add({ token }, Math.max(0, now - (seen.get(token) ?? 0)));
      seen.set(token, now);
    }
  });
}
