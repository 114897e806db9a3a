import { expect, test } from 'vitest';
import { createMetrics, serveMetrics } from './index.ts';

test('a service without HTTP tells its metrics, that it lives, and nothing else', async () => {
  const metrics = createMetrics({ service: 'delivery' });
  metrics
    .counter({ name: 'postern_outcomes_total', help: 'x', labels: { kind: ['delivered'] } })
    .add({ kind: 'delivered' });
  const server = await serveMetrics({ metrics, addresses: [{ address: '127.0.0.1', port: 0 }] });
  const [url = ''] = server.urls;
  const answer = await fetch(`${url}/metrics`);
  expect(answer.headers.get('content-type')).toContain('text/plain');
  expect(await answer.text()).toContain('postern_outcomes_total{kind="delivered",service="delivery"} 1');
  expect(await (await fetch(`${url}/health/live`)).text()).toBe('ok\n');
  expect((await fetch(`${url}/`)).status).toBe(404);
  expect((await fetch(`${url}/metrics`, { method: 'POST' })).status).toBe(404);
  await server.close();
  await expect(fetch(`${url}/metrics`)).rejects.toThrow();
});
