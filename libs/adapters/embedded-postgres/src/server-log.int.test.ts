import { mkdirSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openServerLog } from './server-log.ts';
import { scenario } from './testing/scenario.ts';

test('a log above its bound begins anew and keeps the one before it', async () => {
  const { layout } = await scenario({ cluster: 'none' });
  mkdirSync(layout.folder, { recursive: true });
  writeFileSync(layout.serverLog, '');
  truncateSync(layout.serverLog, 9 * 1024 * 1024);
  const log = openServerLog(layout);
  writeSync(log.fd, 'ready\n');
  expect(statSync(layout.serverLog).size).toBe('ready\n'.length);
  expect(statSync(`${layout.serverLog}.1`).size).toBe(9 * 1024 * 1024);
  log.close();
});

test('the tail is what this start has written, not an earlier one', async () => {
  const { layout } = await scenario({ cluster: 'none' });
  mkdirSync(layout.folder, { recursive: true });
  writeFileSync(layout.serverLog, 'FATAL: of yesterday\n');
  const log = openServerLog(layout);
  writeSync(log.fd, 'LOG: of today\n');
  expect(log.tail()).toBe('LOG: of today\n');
  log.close();
});
