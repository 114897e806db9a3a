import { expect, onTestFinished, test } from 'vitest';
import { type Blocked, watchEventLoop } from './event-loop.ts';

test('a process that stands still is logged, raised, and known to its health check', async () => {
  const raised: Blocked[] = [];
  const logged: object[] = [];
  const log = { error: (facts: object) => void logged.push(facts), warn: () => undefined };
  const raise = (event: Blocked) => Promise.resolve(raised.push(event));
  const watch = watchEventLoop({ service: 'delivery', log, raise, mayBeLateMs: 500 });
  onTestFinished(() => watch.stop());
  expect(watch.blockedLately()).toBeUndefined();
  block(1_200);
  await turn();
  expect(watch.blockedLately()).toBeGreaterThan(500);
  expect(raised).toMatchObject([{ kind: 'process.blocked', facts: { pid: process.pid } }]);
  expect(raised[0]?.text).toMatch(/^delivery on .* stood still for \d+\.\d s/);
  expect(logged).toHaveLength(raised.length);
});

/** What a regular expression gone wrong does. */
function block(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

/** Until the watch has looked again. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 300));
}
