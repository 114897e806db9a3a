import type { Metrics } from '@postern/observability';
import { PACE_GROUPS, type Store } from '@postern/prisma-store';

/** Delivery processes that are told apart; those beyond are left out. */
const MOST_PROCESSES = 16;
const SUSPENSION_SCOPES = ['all', 'queue', 'credential', 'sender', 'domain'] as const;
/** A database that is away is told by other metrics: these keep what was read last. */
const ASK_EVERY_MS = 1_000;

/** The pace of delivery, as Prometheus reads it: lanes, what they may be, and where hosts made us rest or go slower. */
export function reportPace(metrics: Metrics, store: Pick<Store, 'paceSurvey'>): void {
  const at = { at: PACE_GROUPS };
  const lanes = metrics.gauge({
    name: 'postern_delivery_lanes',
    help: 'Lanes that run now in all delivery processes, by provider, or all other sites, or routes',
    labels: at,
  });
  const limit = metrics.gauge({
    name: 'postern_delivery_lane_limit',
    help: 'How many lanes the queues may have in which some run',
    labels: at,
  });
  const resting = metrics.gauge({
    name: 'postern_delivery_queues_resting',
    help: 'Queues in which nothing is sent for a time because of what hosts replied',
    labels: at,
  });
  const slowed = metrics.gauge({
    name: 'postern_delivery_queues_slowed',
    help: 'Queues that go by a rate because of what hosts replied',
    labels: at,
  });
  const numbers = Array.from({ length: MOST_PROCESSES }, (_, index) => String(index + 1));
  const byProcess = metrics.gauge({
    name: 'postern_delivery_process_lanes',
    help: 'Lanes that each delivery process runs now, the busiest first',
    labels: { process: numbers },
  });
  const suspended = metrics.gauge({
    name: 'postern_suspensions',
    help: 'What is suspended now: all mail (also after a restored database), queues, credentials, senders, domains',
    labels: { scope: SUSPENSION_SCOPES },
  });
  let askedMs = -Infinity;
  metrics.beforeRead(async () => {
    if (performance.now() - askedMs < ASK_EVERY_MS) return;
    askedMs = performance.now();
    const survey = await store.paceSurvey().catch(() => undefined);
    if (!survey) return;
    for (const group of PACE_GROUPS) {
      const found = survey.totals.find(({ of }) => of === group);
      lanes.set({ at: group }, found?.lanes ?? 0);
      limit.set({ at: group }, found?.laneLimit ?? 0);
      resting.set({ at: group }, found?.resting ?? 0);
      slowed.set({ at: group }, found?.slowed ?? 0);
    }
    for (const scope of SUSPENSION_SCOPES) suspended.set({ scope }, survey.suspensions.get(scope) ?? 0);
    for (const [index, process] of numbers.entries()) byProcess.set({ process }, survey.lanesOfProcesses[index] ?? 0);
  });
}
