import type { AdminStore } from '@postern/administration';
import { RECIPIENT_STATES } from '@postern/queue';
import type { Logger, Metrics } from '@postern/observability';

/**
 * What is true of the whole installation, whichever process is asked: read from the store when it is asked, at most once in
 * some seconds. The store keeps these counts, so asking costs the same however much waits.
 */
export function installationMetrics(
  metrics: Metrics,
  { store, log }: { readonly store: Pick<AdminStore, 'ledger' | 'listQueues'>; readonly log: Logger },
): void {
  const accepted = metrics.gauge({
    name: 'postern_ledger_accepted_recipients',
    help: 'Recipients ever accepted: the sum over the states',
    labels: {},
  });
  const recipients = metrics.gauge({
    name: 'postern_recipients',
    help: 'Recipients by state: queued, sending, deferred and held wait, the others have ended',
    labels: { state: RECIPIENT_STATES },
  });
  const oldest = metrics.gauge({
    name: 'postern_oldest_waiting_seconds',
    help: 'How long ago the oldest message that waits was accepted; 0: none waits',
    labels: {},
  });
  const answers = metrics.gauge({
    name: 'postern_store_answers',
    help: '1 when the store told these figures at the last reading; 0: they are of before',
    labels: {},
  });
  let read = 0;
  metrics.beforeRead(async () => {
    if (performance.now() - read < EVERY_MS && read > 0) return;
    read = performance.now();
    try {
      const [ledger, [first]] = await Promise.all([store.ledger(), store.listQueues(OLDEST)]);
      accepted.set({}, ledger.accepted);
      for (const state of RECIPIENT_STATES) recipients.set({ state }, ledger[state]);
      const at = first?.oldestAcceptedAt;
      oldest.set({}, at ? Math.max(0, (Date.now() - Date.parse(at)) / 1000) : 0);
      answers.set({}, 1);
    } catch (error) {
      // Whoever watches is told of the process all the same.
      answers.set({}, 0);
      log.warn({ err: error }, 'metrics of the installation could not be read');
    }
  });
}

const EVERY_MS = 5_000;
const OLDEST = {
  sort: 'oldest',
  order: 'descending',
  show: 'waiting',
  kind: undefined,
  nameContains: undefined,
  after: undefined,
  limit: 1,
} as const;
