import { expect, test } from 'vitest';
import { createMetrics } from './index.ts';

test('a counter is read with its labels and its service', async () => {
  const metrics = createMetrics({ service: 'submission' });
  const accepted = metrics.counter({
    name: 'postern_accepted_messages_total',
    help: 'Messages accepted',
    labels: { listener: ['submission', 'relay'] },
  });
  accepted.add({ listener: 'relay' });
  accepted.add({ listener: 'relay' }, 2);
  expect(await readLines(metrics)).toContain(
    'postern_accepted_messages_total{listener="relay",service="submission"} 3',
  );
});

test('a label from outside cannot make more series than its set has', async () => {
  const metrics = createMetrics({ service: 'submission' });
  const refused = metrics.counter({ name: 'refused_total', help: 'x', labels: { code: ['550', '554'] } });
  for (let code = 0; code < 1000; code++) refused.add({ code: String(code) });
  const series = (await readLines(metrics)).filter((line) => line.startsWith('refused_total{'));
  expect(series).toHaveLength(3);
  expect(series).toContain('refused_total{code="other",service="submission"} 998');
});

test('gauges may be set when they are read', async () => {
  const metrics = createMetrics({ service: 'api' });
  const depth = metrics.gauge({ name: 'depth', help: 'x', labels: {} });
  metrics.beforeRead(async () => depth.set({}, 42));
  expect(await readLines(metrics)).toContain('depth{service="api"} 42');
});

test('histograms, the delay of the event loop and the memory of the process are told', async () => {
  const metrics = createMetrics({ service: 'api' });
  metrics.histogram({ name: 'commit_seconds', help: 'x', labels: {}, buckets: [0.1, 1] }).observe({}, 0.5);
  const lines = await readLines(metrics);
  expect(lines).toContain('commit_seconds_bucket{le="1",service="api"} 1');
  expect(lines.some((line) => line.startsWith('postern_event_loop_delay_seconds{quantile="0.99"'))).toBe(true);
  expect(lines.some((line) => line.startsWith('process_resident_memory_bytes'))).toBe(true);
});

async function readLines(metrics: ReturnType<typeof createMetrics>): Promise<string[]> {
  const { text, contentType } = await metrics.read();
  expect(contentType).toContain('text/plain');
  return text.split('\n');
}
