import { DEFAULT_RETRY_SCHEDULE, newMessageId } from '@postern/queue';
import { expect, test } from 'vitest';
import { runLane } from './index.ts';
import { type LaneScenario, laneScenario } from './testing/lane-scenario.ts';

const never = new AbortController().signal;

test('a lane number runs once, whatever the alarm clock says, and again when it has ended', async () => {
  const world = await laneScenario({ host: { answers: { content: () => ({ reply: '250 Ok', delayMs: 50 }) } } });
  for (let number = 0; number < 4; number += 1) await world.accept([`a${number}@example.com`]);
  const other = world.otherProcess();
  const lane = { queueId: world.site, lane: 0 };
  await Promise.all([world.context, world.another(), other].map((context) => runLane(lane, context, never)));
  expect(world.host.connections.total).toBe(1);
  await world.accept(['later@example.com']);
  await runLane(lane, other, never);
  expect(world.host.count).toBe(5);
});

test('the seats of a process that lost its connection to the store are free for others', async () => {
  const world = await laneScenario();
  const other = world.otherProcess();
  const lane = { queueId: world.site, lane: 0 };
  expect(await other.pace.takeSeat(lane)).toBe(true);
  expect(await world.context.pace.takeSeat(lane)).toBe(false);
  await world.sql(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'postern seats' and datname = current_database() and pid in (select pid from pg_locks where locktype = 'advisory')`,
  );
  await expect.poll(() => other.pace.hasSeat(lane)).toBe(false);
  // A backend that was told to end gives its locks back a moment later.
  await expect.poll(() => world.context.pace.takeSeat(lane)).toBe(true);
  await world.context.pace.leaveSeat(lane);
});

test('a lane above the limit of its queue sends nothing, in any process', async () => {
  const world = await laneScenario();
  await limit(world, { most: 2 });
  await world.accept();
  await runLane({ queueId: world.site, lane: 2 }, world.context, never);
  await runLane({ queueId: world.site, lane: 3 }, world.otherProcess(), never);
  expect(world.host.count).toBe(0);
  expect((await world.store.delivery.claim({ ...CLAIM, queueId: world.site, lane: 2 })).recipients).toBe(0);
  await runLane({ queueId: world.site, lane: 1 }, world.context, never);
  expect(world.host.count).toBe(1);
});

test('a site that nobody answers for rests: what waits is not dialled, and its attempts are not counted', async () => {
  const world = await laneScenario();
  await world.host.close();
  await world.accept(['first@example.com']);
  await world.run();
  await world.accept(['second@example.com']);
  await world.run();
  expect(await world.sql('select forward_path, state, attempts from recipients order by message_id')).toEqual([
    { forward_path: 'first@example.com', state: 'deferred', attempts: 1 },
    { forward_path: 'second@example.com', state: 'queued', attempts: 0 },
  ]);
  expect(await world.store.delivery.dueQueues()).toEqual([]);
  expect(await changes(world)).toEqual([
    { kind: 'rest', rule: 'no-answer', host: 'mx.example', reply_enhanced: '4.4.1' },
  ]);
});

test('after a rest one message finds out whether the site answers, and the others follow', async () => {
  const world = await laneScenario();
  for (let number = 0; number < 5; number += 1) await world.accept([`a${number}@example.com`]);
  await world.store.pace.tell(world.site, { kind: 'no answer', cause: CAUSE });
  await world.sql(`update paces set rest_until = now(), learned = (learned::jsonb || '{"restUntilMs": 1}')::json`);
  let first = 0;
  world.host.answer({
    content: () => {
      first ||= world.host.connections.open;
      return undefined;
    },
  });
  await world.run();
  expect(world.host.count).toBe(5);
  const { pace } = (await world.store.pace.look([world.site])).get(world.site) ?? {};
  expect(pace).toMatchObject({ unanswered: 0, lanes: 4 });
  expect(await changes(world)).toMatchObject([{ kind: 'answers' }, { kind: 'rest' }]);
});

test('a host that takes one connection at a time loses no mail to a second one: what that one had is handed back', async () => {
  const world = await laneScenario({
    host: { maxConnections: 1, answers: { content: () => ({ reply: '250 Ok', delayMs: 20 }) } },
  });
  for (let number = 0; number < 30; number += 1) await world.accept([`a${number}@example.com`]);
  await Promise.all(
    [world.context, world.otherProcess()].map((context, lane) =>
      runLane({ queueId: world.site, lane }, context, never),
    ),
  );
  await world.run();
  expect(new Set(Object.values(await world.states()))).toEqual(new Set(['delivered']));
  expect(await world.sql('select max(attempts)::int as most from recipients')).toEqual([{ most: 1 }]);
});

test('what waits while its site rests expires in time, with the words of the probe that failed', async () => {
  const world = await laneScenario();
  await world.host.close();
  const longAgo = Date.now() - 6 * 86_400_000;
  for (let number = 0; number < 12; number += 1)
    await world.accept([`old${number}@example.com`], {
      id: newMessageId(longAgo + number),
      acceptedAt: new Date(longAgo),
    });
  await world.accept(['fresh@example.com']);
  await world.store.pace.tell(world.site, { kind: 'no answer', cause: CAUSE });
  await world.sql(`update paces set rest_until = now(), learned = (learned::jsonb || '{"restUntilMs": 1}')::json`);
  await world.run();
  expect(await world.sql('select state, count(*)::int from recipients group by 1 order by 1')).toEqual([
    { state: 'queued', count: 1 },
    { state: 'expired', count: 12 },
  ]);
});

test('what waits while its site rests is given up by the retry plan of that site', async () => {
  const world = await laneScenario();
  await world.host.close();
  const twoHoursAgo = Date.now() - 2 * 3_600_000;
  for (let number = 0; number < 12; number += 1)
    await world.accept([`old${number}@example.com`], {
      id: newMessageId(twoHoursAgo + number),
      acceptedAt: new Date(twoHoursAgo),
    });
  await world.accept(['fresh@example.com']);
  await world.store.pace.tell(world.site, { kind: 'no answer', cause: CAUSE });
  await world.sql(`update paces set rest_until = now(), learned = (learned::jsonb || '{"restUntilMs": 1}')::json`);
  const plan = { ...DEFAULT_RETRY_SCHEDULE, giveUpAfterMs: 3_600_000 };
  const context = world.another({ schedules: { of: () => plan, byQueue: new Map(), byCredential: new Map() } });
  await runLane({ queueId: world.site, lane: 0 }, context, new AbortController().signal);
  expect(await world.sql('select state, count(*)::int from recipients group by 1 order by 1')).toEqual([
    { state: 'queued', count: 1 },
    { state: 'expired', count: 12 },
  ]);
});

test('a rate that is set is shared by two processes exactly', async () => {
  const world = await laneScenario();
  await limit(world, { most: 20, perMinute: 600 });
  for (let number = 0; number < 60; number += 1) await world.accept([`a${number}@example.com`]);
  const began = performance.now();
  const until = AbortSignal.timeout(2_500);
  const contexts = [world.context, world.otherProcess()];
  await Promise.all(contexts.map((context, lane) => runLane({ queueId: world.site, lane }, context, until)));
  const seconds = (performance.now() - began) / 1_000;
  // Ten a second, and what two seconds save up for at first.
  expect(world.host.count).toBeLessThanOrEqual(20 + Math.ceil(seconds * 10));
  expect(world.host.count).toBeGreaterThan(30);
});

test('a 421 to the next message on a connection that served before is no failure: it goes over a new one at once', async () => {
  let served = 0;
  const world = await laneScenario({
    host: {
      answers: {
        mail: () => ((served += 1) % 3 === 0 ? { reply: '421 4.7.0 Enough for now', close: true } : undefined),
      },
    },
  });
  for (let number = 0; number < 6; number += 1) await world.accept([`a${number}@example.com`]);
  await world.run();
  expect(await world.sql('select state, attempts, count(*)::int from recipients group by 1, 2')).toEqual([
    { state: 'delivered', attempts: 1, count: 6 },
  ]);
});

test("recipients above the host's limit go in another transaction of the same attempt", async () => {
  let asked = 0;
  const world = await laneScenario({
    host: {
      answers: {
        mail: () => {
          asked = 0;
          return undefined;
        },
        rcpt: () => ((asked += 1) > 2 ? '452 4.5.3 Too many recipients' : undefined),
      },
    },
  });
  await world.accept(Array.from({ length: 5 }, (_, number) => `a${number}@example.com`));
  await world.run();
  expect(world.host.messages.map((each) => each.forwardPaths.length)).toEqual([2, 2, 1]);
  expect(new Set(Object.values(await world.states()))).toEqual(new Set(['delivered']));
});

test('a connection is closed after as many messages as its site takes over one', async () => {
  const world = await laneScenario();
  await world.sql(`update delivery_queues set name = 'provider:yahoo' where id = $1`, [world.site]);
  world.zone.replace('example.com', 'MX', 'example.com. 300 MX 10 mta5.am0.yahoodns.net.');
  world.zone.add('mta5.am0.yahoodns.net. 300 A 127.0.0.2');
  for (let number = 0; number < 45; number += 1) await world.accept([`a${number}@example.com`]);
  await world.run();
  expect(world.host.count).toBe(45);
  expect(world.host.connections.total).toBe(3);
});

test('a throttling reply takes lanes away and says why, and the mail it answered is deferred', async () => {
  const world = await laneScenario({ host: { answers: { mail: () => '451 4.7.1 Too many connections from you' } } });
  await world.accept();
  await world.store.pace.tell(world.site, { kind: 'delivered', count: 50 });
  await world.run();
  await expect.poll(() => changes(world)).toMatchObject([{ rule: 'too-many-connections', host: 'mx.example' }]);
  expect(await world.states()).toEqual({ 'someone@example.com': 'deferred' });
});

const CLAIM = { limit: 10, leaseMs: 1_000, inlineOctets: 0 };
const CAUSE = {
  atMs: 0,
  rule: 'no-answer',
  host: 'mx.example',
  reply: { from: 'local', code: 451, enhanced: '4.4.1', text: 'none' },
} as const;

async function limit(world: LaneScenario, { most, perMinute }: { most: number; perMinute?: number }): Promise<void> {
  await world.store.pace.tell(world.site, { kind: 'delivered', count: 0 });
  await world.sql('update paces set most_lanes = $1, lanes = least(lanes, $1), most_per_minute = $2', [
    most,
    perMinute ?? null,
  ]);
}

function changes({ sql }: LaneScenario) {
  return sql('select kind, rule, host, reply_enhanced from pace_changes order by id desc');
}
