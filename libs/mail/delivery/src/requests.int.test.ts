import { expect, test } from 'vitest';
import { sweep } from './sweep.ts';
import { laneScenario } from './testing/lane-scenario.ts';

const BASICS = ['PIPELINING', '8BITMIME'];

test('what was asked for reaches a host that offers it, the time for delivery less what has passed', async () => {
  const world = await laneScenario({ host: { extensions: [...BASICS, 'DSN', 'MT-PRIORITY', 'DELIVERBY'] } });
  await world.accept(['b@example.com'], {
    ret: 'FULL',
    envid: 'id 1',
    priority: 3,
    deliverBy: { at: new Date(Date.now() + 100_500), mode: 'N', trace: true },
    recipients: [
      { forwardPath: 'b@example.com', domain: 'example.com', queueId: world.site, notify: [], orcpt: 'rfc822;B@x.org' },
    ],
  });
  await world.run();
  const [got] = world.host.messages;
  expect(got?.mailParameters.join(' ')).toMatch(/^RET=FULL ENVID=id\+201 MT-PRIORITY=3 BY=(?:100|99|98);NT$/);
  expect(got?.rcptParameters).toEqual([['NOTIFY=NEVER', 'ORCPT=rfc822;B@x.org']]);
});

test('REQUIRETLS is never given up: a host without TLS does not get the message', async () => {
  const world = await laneScenario();
  await world.accept(['b@example.com'], { requireTls: true });
  await world.run();
  expect(world.host.count).toBe(0);
  expect(await world.sql('select reply_from from attempts')).toEqual([{ reply_from: 'local' }]);
});

test('a message that needs SMTPUTF8 bounces with 5.6.7 at a host without it, and reaches one that has it', async () => {
  const without = await laneScenario({ host: { extensions: BASICS } });
  await without.accept(['b@example.com'], { smtpUtf8: true });
  await without.accept(['jörg@example.com', 'c@example.com']);
  await without.run();
  expect(await without.states()).toEqual({
    'b@example.com': 'bounced',
    'jörg@example.com': 'bounced',
    'c@example.com': 'delivered',
  });
  expect(await without.sql(`select distinct reply_enhanced from attempts where outcome = 'bounced'`)).toEqual([
    { reply_enhanced: '5.6.7' },
  ]);
});

test('a message that is returned when it is late expires with 5.4.7 at its time, and nobody is dialled', async () => {
  const world = await laneScenario({ host: { extensions: [...BASICS, 'DELIVERBY'] } });
  await world.accept(['b@example.com'], { deliverBy: { at: new Date(Date.now() - 1), mode: 'R', trace: false } });
  await world.accept(['c@example.com'], { deliverBy: { at: new Date(Date.now() - 1), mode: 'N', trace: false } });
  await world.run();
  expect(await world.states()).toEqual({ 'b@example.com': 'expired', 'c@example.com': 'delivered' });
  expect(await world.sql(`select reply_code, reply_enhanced, host from attempts where outcome = 'expired'`)).toEqual([
    { reply_code: 554, reply_enhanced: '5.4.7', host: null },
  ]);
});

test.each([
  ['rests', `insert into paces (queue_id, lanes, learned, rest_until) values ($1, 1, '{}', now() + interval '1 hour')`],
  ['is suspended', `update delivery_queues set suspended_at = now(), suspended_until = null where id = $1`],
  ['tries it again later', `update waiting_recipients set due_at = now() + interval '1 hour' where queue_id = $1`],
])(
  'what is returned when it is late is returned at its time where its queue %s, and nothing else is',
  async (_, sql) => {
    const world = await laneScenario();
    const at = new Date(Date.now() + 300);
    await world.accept(['b@example.com', 'c@example.com'], { deliverBy: { at, mode: 'R', trace: false } });
    await world.accept(['n@example.com'], { deliverBy: { at, mode: 'N', trace: false } });
    await world.accept(['low@example.com'], { priority: -9 });
    await world.sql(sql, [world.site]);
    await sweep(world.context);
    expect(Object.values(await world.states())).toEqual(['queued', 'queued', 'queued', 'queued']);
    await expect
      .poll(async () => (await sweep(world.context), await world.states()), { timeout: 10_000 })
      .toEqual({
        'b@example.com': 'expired',
        'c@example.com': 'expired',
        'n@example.com': 'queued',
        'low@example.com': 'queued',
      });
    expect(await world.sql('select reply_enhanced, host from attempts')).toEqual([
      { reply_enhanced: '5.4.7', host: null },
      { reply_enhanced: '5.4.7', host: null },
    ]);
    expect(await world.store.recount()).toMatchObject({ accepted: 4, expired: 2, queued: 2 });
    await world.sql(`update deadlines set at = now()`);
    await sweep(world.context);
    expect(await world.sql('select at from deadlines')).toEqual([]);
  },
);

test('a deferred message that is returned when it is late is due again before that', async () => {
  const world = await laneScenario({
    host: { extensions: [...BASICS, 'DELIVERBY'], answers: { rcpt: () => '450 4.2.1 Later' } },
  });
  await world.accept(['b@example.com'], { deliverBy: { at: new Date(Date.now() + 60_000), mode: 'R', trace: false } });
  await world.run();
  const [row] = await world.sql<{ seconds: number }>(
    'select extract(epoch from due_at - now())::float as seconds from waiting_recipients',
  );
  expect(row?.seconds).toBeGreaterThan(25);
  expect(row?.seconds).toBeLessThan(31);
});

test('a message that was kept for a week is not given up at its first deferral', async () => {
  const world = await laneScenario({ host: { answers: { rcpt: () => '450 4.2.1 Later' } } });
  const days = (count: number) => new Date(Date.now() + count * 86_400_000);
  await world.accept(['b@example.com'], { acceptedAt: days(-7), releaseAt: days(-0.1) });
  await world.accept(['c@example.com'], { acceptedAt: days(-7) });
  await world.run();
  expect(await world.states()).toEqual({ 'b@example.com': 'deferred', 'c@example.com': 'expired' });
});

test.each([
  ['RCPTMAX=2', [2, 2, 1]],
  ['RCPTDOMAINMAX=1', [3, 2]],
  ['RCPTMAX=2 RCPTDOMAINMAX=1', [2, 1, 2]],
])('a host with LIMITS %s gets no larger transaction, and nobody is deferred for it', async (limits, sizes) => {
  const world = await laneScenario({ host: { extensions: [...BASICS, `LIMITS ${limits}`] } });
  await world.accept(['a@example.com', 'b@example.com', 'c@example.com', 'd@example.net', 'e@example.net']);
  await world.run();
  expect(world.host.messages.map((each) => each.forwardPaths.length)).toEqual(sizes);
  expect(new Set(Object.values(await world.states()))).toEqual(new Set(['delivered']));
  expect(world.host.connections.total).toBe(1);
});

test('a host with LIMITS MAILMAX gets another connection when the first has had that many', async () => {
  const world = await laneScenario({ host: { extensions: [...BASICS, 'LIMITS MAILMAX=2'] } });
  for (let number = 0; number < 5; number += 1) await world.accept([`a${number}@example.com`]);
  await world.run();
  expect(world.host.count).toBe(5);
  expect(world.host.connections.total).toBe(3);
});
