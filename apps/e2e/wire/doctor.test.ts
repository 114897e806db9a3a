import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Scenario, scenario } from '../src/index.ts';

interface Readiness {
  readonly status: string;
  readonly lines: readonly { readonly id: string; readonly status: string; readonly found: string }[];
}

let world: Scenario;
beforeAll(async () => {
  world = await scenario({ services: ['submission', 'delivery', 'api'] });
});
afterAll(() => world[Symbol.asyncDispose]());

test('the doctor finds a gateway sound that can send, and exits 0', async () => {
  const { code, stdout, stderr } = await world.gateway.tryCli(['doctor', '--to', 'receiver.example', '--json']);
  const { lines } = JSON.parse(stdout) as Readiness;
  expect(lines.filter(({ status }) => status === 'fail' || status === 'unknown')).toEqual([]);
  expect(lines.find(({ id }) => id === 'port')?.found).toMatch(
    /mx\.receiver\.example \(127\.0\.0\.2\) takes connections/,
  );
  expect(lines.filter(({ id }) => id.startsWith('listener:')).length).toBeGreaterThan(3);
  expect([code, stderr]).toEqual([0, '']);
});

test('the doctor says that a listener is down and that the DNS is dead, and exits 1', async () => {
  await world.gateway.kill('submission', 'SIGTERM');
  world.internet.zone.fault('*', 'timeout');
  const { code, stdout } = await world.gateway.tryCli(['doctor', '--to', 'receiver.example']);
  expect(code).toBe(1);
  expect(stdout).toMatch(/FAILS {4}Listener submission 127\.0\.0\.1:\d+: takes no connections/);
  expect(stdout).toMatch(/FAILS {4}DNS: The resolver does not answer/);
  expect(stdout).toContain('No mail would go out well');
});
