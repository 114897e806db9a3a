import { UNRESOLVED_QUEUE } from '@postern/queue';
import { expect, test } from 'vitest';
import { laneScenario } from './testing/lane-scenario.ts';

test('a lane sends everything that is due over one connection, octet for octet, and tells who still waits that there is more', async () => {
  const world = await laneScenario();
  for (let number = 0; number < 40; number += 1) await world.accept([`a${number}@example.com`]);
  await world.run();
  expect(world.host.count).toBe(40);
  expect(world.host.connections.total).toBe(1);
  expect(world.host.messages[0]?.content?.toString()).toBe(
    'Received: from client.example.org\r\nSubject: hello\r\n\r\nhello\r\n',
  );
  expect(new Set(Object.values(await world.states()))).toEqual(new Set(['delivered']));
  expect(world.woken).toContainEqual({ queueId: world.site, lane: 1 });
  expect(world.host.misbehaviour).toEqual([]);
});

test('recipients of one message in domains of one site go in one transaction, and the fate of each is its own', async () => {
  const world = await laneScenario({
    host: { answers: { rcpt: (path) => (path.startsWith('no') ? '550 5.1.1 Who?' : undefined) } },
  });
  await world.accept(['a@example.com', 'no@example.com', 'b@example.net']);
  await world.run();
  expect(world.host.messages.map((each) => each.forwardPaths)).toEqual([['a@example.com', 'b@example.net']]);
  expect(await world.states()).toEqual({
    'a@example.com': 'delivered',
    'no@example.com': 'bounced',
    'b@example.net': 'delivered',
  });
});

test('a mail host that is dead defers what was claimed and ends the lane, and what it took comes again later', async () => {
  const world = await laneScenario();
  await world.host.close();
  for (let number = 0; number < 3; number += 1) await world.accept([`a${number}@example.com`]);
  await world.run();
  expect(
    await world.sql(
      `select distinct r.state, r.attempts, r.maybe_delivered, w.due_at > now() + interval '4 minutes' as later, a.reply_enhanced
       from recipients r join waiting_recipients w using (message_id, number) join attempts a using (message_id, number)`,
    ),
  ).toEqual([{ state: 'deferred', attempts: 1, maybe_delivered: false, later: true, reply_enhanced: '4.4.1' }]);
});

test('a mail host without an address and one whose connection broke defer: the broken one might still take it', async () => {
  const world = await laneScenario({ host: { answers: { mail: () => ({ close: true }) } } });
  world.zone.add('two.example. 300 MX 10 nowhere.example.\ntwo.example. 300 MX 20 mx.example.');
  await world.accept(['a@two.example'], { queueId: UNRESOLVED_QUEUE });
  await world.run(UNRESOLVED_QUEUE);
  const [queue] = await world.sql<{ id: number }>(`select queue_id as id from recipients`);
  await world.run(queue?.id);
  expect(await world.states()).toEqual({ 'a@two.example': 'deferred' });
  expect(await world.sql('select reply_enhanced, reply_text from attempts')).toEqual([
    { reply_enhanced: '4.4.2', reply_text: expect.stringContaining('closed the connection') },
  ]);
});

test('a content above the limit is streamed, and one whose chunk is missing never ends in a dot', async () => {
  const world = await laneScenario({ settings: { inlineOctets: 10 } });
  await world.accept(['whole@example.com']);
  const { id } = await world.accept(['broken@example.com']);
  await world.sql('delete from contents where message_id = $1', [id]);
  await world.run();
  expect(world.host.messages.map((each) => each.forwardPaths)).toEqual([['whole@example.com']]);
  expect(await world.states()).toEqual({ 'whole@example.com': 'delivered', 'broken@example.com': 'deferred' });
});
