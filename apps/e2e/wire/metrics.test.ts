import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@postern/lab';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fateOf, scenario, type Scenario } from '../src/index.ts';

const ROOT = join(import.meta.dirname, '../../..');
let world: Scenario;
/** What each service told after one mail was delivered, one deferred and one refused. */
const told: Record<string, string> = {};

beforeAll(async () => {
  const ports = { submission: await freePort(), delivery: await freePort() };
  world = await scenario({
    services: ['submission', 'delivery', 'api'],
    env: {
      POSTERN_LISTEN_SUBMISSION_METRICS: `127.0.0.1:${ports.submission}`,
      POSTERN_LISTEN_DELIVERY_METRICS: `127.0.0.1:${ports.delivery}`,
    },
  });
  const { gateway, internet } = world;
  // A DSN would be one more message, sooner or later.
  await gateway.cli(['bounce', 'settings', world.user, '--dsn', 'off']);
  await fateOf(world, 'someone@receiver.example');
  internet.host.answer({ rcpt: () => '451 4.3.0 Later' });
  await fateOf(world, 'later@receiver.example');
  internet.host.answer({ rcpt: () => '550 5.1.1 No such user' });
  await fateOf(world, 'gone@receiver.example');
  for (const [name, port] of Object.entries({ ...ports, api: gateway.ports.api }))
    told[name] = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
}, 60_000);
afterAll(() => world?.[Symbol.asyncDispose]());

describe('after one mail that was delivered, one deferred and one refused', () => {
  test.for([
    ['submission', 'postern_accepted_messages_total{listener="submission"}', 3],
    ['submission', 'postern_accepted_recipients_total{listener="submission"}', 3],
    ['submission', 'postern_commit_batch_messages_sum', 3],
    ['submission', 'postern_commit_seconds_count{result="stored"}', 3],
    ['delivery', 'postern_outcomes_total{outcome="delivered",class="none"}', 1],
    ['delivery', 'postern_outcomes_total{outcome="deferred",class="remote_system"}', 1],
    ['delivery', 'postern_outcomes_total{outcome="bounced",class="recipient_unknown"}', 1],
    ['delivery', 'postern_maybe_delivered_total', 0],
    ['delivery', 'postern_attempt_seconds_count{outcome="deferred"}', 1],
    ['api', 'postern_ledger_accepted_recipients', 3],
    ['api', 'postern_recipients{state="deferred"}', 1],
    ['api', 'postern_recipients{state="bounced"}', 1],
    ['api', 'postern_store_answers', 1],
  ] as const)('%s tells %s %d', ([service, series, value]) => {
    expect(valueOf(service, series)).toBe(value);
  });

  test('ages, lanes, delays and pools have their values', () => {
    const age = valueOf('api', 'postern_oldest_waiting_seconds');
    expect(age).toBeGreaterThan(0);
    expect(age).toBeLessThan(60);
    expect(valueOf('delivery', 'postern_lanes_awake')).toBeGreaterThan(0);
    expect(valueOf('delivery', 'postern_store_seconds_count{verb="claim",result="done"}')).toBeGreaterThan(0);
    expect(valueOf('api', 'postern_delivery_lane_limit{at="site"}')).toBeGreaterThan(0);
    for (const service of Object.keys(told)) {
      expect(valueOf(service, 'postern_event_loop_delay_seconds{quantile="1"}'), service).toBeGreaterThan(0);
      expect(valueOf(service, 'postern_pool_connections{pool="free",state="open"}'), service).toBeGreaterThanOrEqual(0);
      expect(valueOf(service, 'postern_pool_waiting{pool="hot"}'), service).toBe(0);
    }
  });
});

test('every metric that is told is in the table of the documents, and the other way round', () => {
  const documented = metricsIn(section(readFileSync(join(ROOT, 'docs/operations.md'), 'utf8'), 'Metrics', /^\|.*$/gm));
  const console = readFileSync(join(ROOT, 'apps/console/console-metrics.mjs'), 'utf8');
  const types = Object.values(told).flatMap((text) => text.match(/^# TYPE postern_\w+/gm) ?? []);
  expect([...metricsIn([...types, console].join('\n'))].sort()).toEqual([...documented].sort());
});

test('no domain, address or name becomes a label, and there are few series', () => {
  for (const [service, text] of Object.entries(told)) {
    const series = text.split('\n').filter((line) => line.startsWith('postern_'));
    expect(
      series.filter((line) => /example|@|127\.0\.0|app1/.test(line)),
      service,
    ).toEqual([]);
    expect(series.length, service).toBeLessThan(700);
  }
});

/** The value of a series, whatever other labels it bears. */
function valueOf(service: string, series: string): number | undefined {
  const [name = '', labels = ''] = series.replace('}', '').split('{');
  const wanted = labels.split(',').filter((each) => each !== '');
  const line = told[service]
    ?.split('\n')
    .find((each) => new RegExp(`^${name}[{ ]`).test(each) && wanted.every((label) => each.includes(label)));
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
}

/** The lines of a section that a pattern finds. */
function section(document: string, heading: string, pattern: RegExp): string {
  const from = document.indexOf(`\n## ${heading}\n`);
  return (document.slice(from, document.indexOf('\n## ', from + 5)).match(pattern) ?? []).join('\n');
}

function metricsIn(text: string): ReadonlySet<string> {
  return new Set(text.match(/\bpostern_(?!listen)[a-z_]+\b/g) ?? []);
}
