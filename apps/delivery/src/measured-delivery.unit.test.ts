import { createMetrics } from '@postern/observability';
import type { AttemptOutcome, DeliveryStore } from '@postern/queue';
import { expect, test } from 'vitest';
import { measuredDelivery, measuredLanes } from './measured-delivery.ts';

test('outcomes are counted by how they ended and why, with as many series as there are classes', async () => {
  const metrics = createMetrics({ service: 'delivery' });
  const store = measuredDelivery({ record: () => Promise.resolve() } as unknown as DeliveryStore, metrics);
  measuredLanes({ size: 3 }, metrics);
  await store.record([
    outcome({ kind: 'delivered' }),
    outcome({ kind: 'bounced' }, 'no-such-class-from-outside'),
    outcome({ kind: 'deferred', dueAt: new Date(), maybeDelivered: true }),
  ]);
  const { text } = await metrics.read();
  expect(text).toContain('postern_outcomes_total{outcome="delivered",class="none",service="delivery"} 1');
  expect(text).toContain('postern_outcomes_total{outcome="bounced",class="other",service="delivery"} 1');
  expect(text).toContain('postern_maybe_delivered_total{service="delivery"} 1');
  expect(text).toContain('postern_lanes_awake{service="delivery"} 3');
  expect(text).toMatch(/^postern_store_seconds_count\{.*verb="record",result="done".*\} 1$/m);
  expect(text).not.toContain('no-such-class');
});

function outcome(disposition: AttemptOutcome['disposition'], bounceClass?: string): AttemptOutcome {
  const bounce = bounceClass && { class: bounceClass, rule: 'x' };
  return { disposition, attempt: { durationMs: 10, bounce } } as unknown as AttemptOutcome;
}
