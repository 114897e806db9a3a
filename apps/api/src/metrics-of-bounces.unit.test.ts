import { createMetrics } from '@postern/observability';
import { expect, test } from 'vitest';
import { countReturnPaths } from './metrics-of-bounces.ts';

test('forged and expired return-paths are counted as the store has counted them, however often they are read', async () => {
  const metrics = createMetrics({ service: 'api' });
  let forged = 2;
  countReturnPaths(metrics, { returnPathTries: () => Promise.resolve(new Map([['forged', forged]])) });
  await metrics.read();
  forged = 5;
  const { text } = await metrics.read();
  expect(text).toMatch(/^postern_return_path_recipients_total\{token="forged",service="api"\} 5$/m);
  expect(text).toMatch(/^postern_return_path_recipients_total\{token="expired",service="api"\} 0$/m);
});
