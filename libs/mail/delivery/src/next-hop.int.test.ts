import { UNRESOLVED_QUEUE } from '@postern/queue';
import { expect, test } from 'vitest';
import { laneScenario } from './testing/lane-scenario.ts';

test('a domain that lost its mail hosts meanwhile does not take the other recipients of the message with it', async () => {
  const world = await laneScenario();
  await world.accept(['a@gone.example', 'b@example.net']);
  await world.run();
  expect(await world.states()).toEqual({ 'a@gone.example': 'bounced', 'b@example.net': 'delivered' });
});

test('a domain without mail hosts is not delivered to the hosts of the other recipients', async () => {
  const world = await laneScenario();
  await world.accept(['b@example.net', 'a@gone.example']);
  await world.run();
  expect(world.host.messages.map((each) => each.forwardPaths)).toEqual([['b@example.net']]);
  expect(await world.states()).toEqual({ 'a@gone.example': 'bounced', 'b@example.net': 'delivered' });
});

test('mail for a domain that other mail hosts serve now moves to their queue, its attempt not counted', async () => {
  const world = await laneScenario();
  await world.accept(['a@example.com', 'b@example.net']);
  world.zone.replace('example.net', 'MX', 'example.net. 300 MX 10 other.example.');
  await world.run();
  expect(world.host.messages.map((each) => each.forwardPaths)).toEqual([['a@example.com']]);
  expect(
    await world.sql(
      `select q.name, r.attempts, r.state from recipients r join delivery_queues q on q.id = r.queue_id where r.domain = 'example.net'`,
    ),
  ).toEqual([{ name: 'other.example', attempts: 0, state: 'queued' }]);
});

test('what was not looked up moves to the queue of its site or ends, and its attempt is not counted', async () => {
  const world = await laneScenario();
  await world.accept(['a@example.com', 'b@nowhere.example', 'c@example.net'], { queueId: UNRESOLVED_QUEUE });
  await world.run(UNRESOLVED_QUEUE);
  expect(
    await world.sql('select forward_path, state, queue_id as queue, attempts from recipients order by number'),
  ).toEqual([
    { forward_path: 'a@example.com', state: 'queued', queue: world.site, attempts: 0 },
    { forward_path: 'b@nowhere.example', state: 'bounced', queue: UNRESOLVED_QUEUE, attempts: 1 },
    { forward_path: 'c@example.net', state: 'queued', queue: world.site, attempts: 0 },
  ]);
  expect(world.woken).toContainEqual({ queueId: world.site, lane: 0 });
});

test('mail that is due in the queue of a route that was removed is looked up anew', async () => {
  const world = await laneScenario();
  const [route] = await world.sql<{ id: number }>(
    `insert into delivery_queues (kind, name) values ('route', 'gone') returning id`,
  );
  await world.accept(['a@example.com'], route ? { queueId: route.id } : {});
  await world.run(route?.id);
  expect(await world.sql('select state, queue_id as queue, attempts from recipients')).toEqual([
    { state: 'queued', queue: UNRESOLVED_QUEUE, attempts: 0 },
  ]);
  expect(world.woken).toContainEqual({ queueId: UNRESOLVED_QUEUE, lane: 0 });
});

test('mail to an address literal is delivered there', async () => {
  const world = await laneScenario();
  await world.accept(['a@[127.0.0.2]'], { queueId: UNRESOLVED_QUEUE });
  await world.run(UNRESOLVED_QUEUE);
  const [queue] = await world.sql<{ id: number }>('select queue_id as id from recipients');
  await world.run(queue?.id);
  expect(await world.states()).toEqual({ 'a@[127.0.0.2]': 'delivered' });
});

test('a domain whose mail hosts we are among is delivered to those before us, and never past us', async () => {
  const world = await laneScenario();
  world.zone.replace(
    'example.net',
    'MX',
    'example.net. 300 MX 30 behind.example.\nexample.net. 300 MX 20 Gateway.Example.\nexample.net. 300 MX 10 mx.example.',
  );
  world.zone.replace(
    'example.com',
    'MX',
    'example.com. 300 MX 10 gateway.example.\nexample.com. 300 MX 20 mx.example.',
  );
  await world.accept(['before@example.net', 'loop@example.com'], { queueId: UNRESOLVED_QUEUE });
  await world.run(UNRESOLVED_QUEUE);
  expect(await world.states()).toEqual({ 'before@example.net': 'queued', 'loop@example.com': 'bounced' });
  const [attempt] = await world.sql<{ text: string }>(
    `select reply_enhanced || ' ' || reply_text as text from attempts where outcome = 'bounced'`,
  );
  expect(attempt?.text).toMatch(/^5\.4\.6 We are the mail host of example\.com ourselves/);
  const [queue] = await world.sql<{ id: number }>(`select queue_id as id from recipients where state = 'queued'`);
  await world.run(queue?.id);
  expect(await world.states()).toEqual({ 'before@example.net': 'delivered', 'loop@example.com': 'bounced' });
});
