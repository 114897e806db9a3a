import type { Source } from '@postern/pace';
import { expect, test } from 'vitest';
import { runLane, type Sources } from './index.ts';
import { type LaneScenario, laneScenario } from './testing/lane-scenario.ts';

const never = new AbortController().signal;
const source = (name: string, change: Partial<Source> = {}): Source => ({
  id: `01890000-0000-7000-8000-${String(name.charCodeAt(0)).padStart(12, '0')}`,
  name,
  pool: 'default',
  addresses: ['127.0.3.1'],
  ehloName: `${name}.example.org`,
  weight: 1,
  warmUp: [],
  warmUpSince: new Date(),
  ...change,
});

function from(
  { store }: LaneScenario,
  sources: readonly Source[],
  rules: Awaited<ReturnType<Sources['now']>>['rules'] = [],
) {
  return { now: () => Promise.resolve({ sources, rules }), store: store.sources };
}

function run(world: LaneScenario, sources: Sources) {
  return runLane({ queueId: world.site, lane: 0 }, world.another({ sources }), never);
}

test('mail leaves from its source, under its name, and the attempt says so', async () => {
  const heard: string[] = [];
  const world = await laneScenario({ host: { answers: { ehlo: (name) => void heard.push(name) } } });
  await world.accept();
  await run(world, from(world, [source('out')]));
  expect(heard).toEqual(['out.example.org']);
  expect(await world.sql('select source from attempts')).toEqual([{ source: 'out' }]);
});

test('mail of two pools never shares a connection', async () => {
  const heard: string[] = [];
  const world = await laneScenario({ host: { answers: { ehlo: (name) => void heard.push(name) } } });
  for (let number = 0; number < 4; number += 1)
    await world.accept([`a${number}@example.com`], { reversePath: number % 2 ? 'a@news.example' : 'a@example.org' });
  const rule = { pool: 'bulk', credentialId: undefined, senderRule: '@news.example', route: undefined };
  await run(world, from(world, [source('out'), source('news', { pool: 'bulk', addresses: ['127.0.3.2'] })], [rule]));
  expect(heard.toSorted()).toEqual(['news.example.org', 'out.example.org']);
  expect(world.host.messages.map((each) => each.reversePath).toSorted()).toEqual([
    'a@example.org',
    'a@example.org',
    'a@news.example',
    'a@news.example',
  ]);
  expect(await world.sql('select source, count(*)::int from attempts group by 1 order by 1')).toEqual([
    { source: 'news', count: 2 },
    { source: 'out', count: 2 },
  ]);
});

test('what is over the day of a warming source goes from another one, and waits for tomorrow when there is none', async () => {
  const world = await laneScenario();
  for (let number = 0; number < 6; number += 1) await world.accept([`a${number}@example.com`]);
  await run(world, from(world, [source('one', { warmUp: [2] }), source('three', { warmUp: [3] })]));
  expect(world.host.count).toBe(5);
  expect(
    await world.sql(
      `select state, attempts, due_at = date_trunc('day', now() at time zone 'utc') at time zone 'utc' + interval '1 day' as tomorrow
       from recipients join waiting_recipients using (message_id, number, state)`,
    ),
  ).toEqual([{ state: 'queued', attempts: 0, tomorrow: true }]);
});

test('a reply against a source lets that source rest at the site, and the other one goes on', async () => {
  const world = await laneScenario({
    host: { answers: { ehlo: () => undefined, mail: () => '421 4.7.0 Local policy [CS01]' } },
  });
  await world.sql(`update delivery_queues set name = 'provider:apple' where id = $1`, [world.site]);
  world.zone.replace('example.com', 'MX', 'example.com. 300 MX 10 mx01.mail.icloud.com.');
  world.zone.add('mx01.mail.icloud.com. 300 A 127.0.0.2');
  await world.accept(['first@example.com']);
  await run(world, from(world, [source('bad')]));
  await expect
    .poll(() => world.sql('select kind, subject from pace_rests'))
    .toEqual([{ kind: 'source', subject: 'bad' }]);
  world.host.answer({});
  await world.accept(['second@example.com']);
  await run(world, from(world, [source('bad'), source('good', { addresses: ['127.0.3.2'] })]));
  expect(await world.sql(`select source, outcome from attempts order by started_at`)).toEqual([
    { source: 'bad', outcome: 'deferred' },
    { source: 'good', outcome: 'delivered' },
  ]);
});

test('the mail of a sender over its limit rests at the site, unattempted, and that of others goes on', async () => {
  const world = await laneScenario();
  const cause = {
    atMs: 0,
    rule: 'sender-limit',
    host: undefined,
    reply: { from: 'remote' as const, code: 450, enhanced: '4.5.4', text: 'quota' },
  };
  await world.store.pace.setAside(world.site, { kind: 'sender', subject: 'sender@example.org', forMs: 60_000, cause });
  await world.accept(['a@example.com'], { reversePath: 'Sender@example.org' });
  await world.accept(['b@example.com'], { reversePath: 'other@example.org' });
  await world.run();
  expect(await world.states()).toEqual({ 'a@example.com': 'queued', 'b@example.com': 'delivered' });
  expect(await world.sql(`select attempts from recipients where state = 'queued'`)).toEqual([{ attempts: 0 }]);
});

test('mail of a pool whose sources are on other machines waits a moment for them, and never leaves from elsewhere', async () => {
  const world = await laneScenario();
  await world.accept();
  await run(world, from(world, [source('out', { addresses: [] })]));
  expect(world.host.count).toBe(0);
  const [row] = await world.sql<{ seconds: number }>(
    `select state, attempts, extract(epoch from due_at - now())::float as seconds
     from recipients join waiting_recipients using (message_id, number, state)`,
  );
  expect(row).toMatchObject({ state: 'queued', attempts: 0 });
  expect(row?.seconds).toBeLessThan(16);
});
