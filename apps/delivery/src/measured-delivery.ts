import { BOUNCE_CLASSES } from '@postern/bounce';
import type { Metrics } from '@postern/observability';
import type { DeliveryStore } from '@postern/queue';

/** A store whose claims and records are counted: in passing, once for each batch. */
export function measuredDelivery(store: DeliveryStore, metrics: Metrics): DeliveryStore {
  const outcomes = metrics.counter({
    name: 'postern_outcomes_total',
    help: 'Recipients whose attempt was recorded, by how it ended, and why where it failed',
    labels: {
      outcome: ['delivered', 'deferred', 'bounced', 'expired'],
      class: ['none', ...Object.keys(BOUNCE_CLASSES)],
    },
  });
  const maybe = metrics.counter({
    name: 'postern_maybe_delivered_total',
    help: 'Recipients deferred although the remote host may have taken the message: they may get it twice',
    labels: {},
  });
  const attempts = metrics.histogram({
    name: 'postern_attempt_seconds',
    help: 'How long attempts took, from the first step to the last reply',
    labels: { outcome: ['delivered', 'deferred', 'bounced', 'expired'] },
    buckets: [0.01, 0.05, 0.25, 1, 5, 30, 120, 600],
  });
  const seconds = metrics.histogram({
    name: 'postern_store_seconds',
    help: 'How long the store took to hand out or to record a batch of recipients',
    labels: { verb: ['claim', 'record'], result: ['done', 'failed'] },
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
  });
  const timed = async <T>(verb: string, work: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    let result = 'failed';
    try {
      const answer = await work();
      result = 'done';
      return answer;
    } finally {
      seconds.observe({ verb, result }, (performance.now() - began) / 1000);
    }
  };
  return {
    ...store,
    claim: (request) => timed('claim', () => store.claim(request)),
    record: async (batch) => {
      const answer = await timed('record', () => store.record(batch));
      for (const { disposition, attempt } of batch) {
        outcomes.add({ outcome: disposition.kind, class: attempt.bounce?.class ?? 'none' });
        attempts.observe({ outcome: disposition.kind }, attempt.durationMs / 1000);
        if (disposition.kind === 'deferred' && disposition.maybeDelivered) maybe.add({});
      }
      return answer;
    },
  };
}

/** Tells how many lanes are awake in this process, when it is asked. */
export function measuredLanes<Lanes extends { readonly size: number }>(lanes: Lanes, metrics: Metrics): Lanes {
  const awake = metrics.gauge({ name: 'postern_lanes_awake', help: 'Lanes that run in this process', labels: {} });
  metrics.beforeRead(() => Promise.resolve(awake.set({}, lanes.size)));
  return lanes;
}
