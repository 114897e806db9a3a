import { scriptedHost } from '@postern/lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fateBy, fateOf, onDatabase, type Scenario, scenario } from '../src/index.ts';

let world: Scenario;
beforeAll(async () => {
  world = await scenario();
});
afterAll(() => world?.[Symbol.asyncDispose]());

test('a deferred message is delivered when it is due again', async () => {
  world.internet.host.answer({ rcpt: () => '450 4.2.1 Greylisted' });
  const { id, ...fate } = await fateOf(world, 'grey@receiver.example');
  expect(fate.state).toBe('deferred');
  world.internet.host.answer({});
  await onDatabase(world, (client) =>
    client.query('update waiting_recipients set due_at = now() where message_id = $1', [id]),
  );
  await stateOf(id, 'delivered');
});

test('a deferred message is delivered at once when an operator asks for it', async () => {
  world.internet.host.answer({ mail: () => '451 4.3.0 Later' });
  const one = await fateOf(world, 'one@receiver.example');
  const two = await fateOf(world, 'two@receiver.example');
  world.internet.host.answer({});
  await world.gateway.cli(['message', 'retry', one.id]);
  await stateOf(one.id, 'delivered');
  expect((await fateBy(world, two.id, () => true)).state).toBe('deferred');
  await world.gateway.cli(['queue', 'retry', 'mx.receiver.example']);
  await stateOf(two.id, 'delivered');
});

test('a message that is still deferred at its give-up time expires with the last reply', async () => {
  world.internet.host.answer({ rcpt: () => '450 4.2.1 Greylisted for ever' });
  const { id } = await fateOf(world, 'never@receiver.example');
  await onDatabase(world, (client) =>
    client.query(`update messages set accepted_at = now() - interval '5 days' where id = $1`, [id]),
  );
  await world.gateway.cli(['message', 'retry', id]);
  await stateOf(id, 'expired');
  expect(await fateBy(world, id, () => true)).toMatchObject({ enhanced: '4.2.1' });
});

test('a message whose final reply was lost is sent again under the same Message-ID, and stays marked', async () => {
  const contents: string[] = [];
  await using _ = await scriptedHost({
    address: '127.0.4.1',
    port: world.internet.host.port,
    script: async (client, connection) => {
      client.say('220 mx');
      for (const reply of ['250 mx', '250 Ok', '250 Ok', '354 Go on']) {
        await client.line();
        client.say(reply);
      }
      contents.push(await client.content());
      if (connection === 1) return client.reset();
      client.say('250 2.0.0 Ok');
      await client.line();
      client.say('221 Bye');
    },
  });
  world.internet.zone.add('lost.example. 300 IN MX 10 mx.lost.example.\nmx.lost.example. 300 IN A 127.0.4.1');
  const { id, ...fate } = await fateOf(world, 'a@lost.example');
  expect(fate).toMatchObject({ state: 'deferred', maybeDelivered: true });
  await world.gateway.cli(['message', 'retry', id]);
  await stateOf(id, 'delivered');
  const ids = contents.map((content) => /^Message-ID: .*$/im.exec(content)?.[0]);
  expect(ids).toHaveLength(2);
  expect(ids[0]).toMatch(/<.+@.+>/);
  expect(ids[1]).toBe(ids[0]);
  expect((await fateBy(world, id, () => true)).maybeDelivered).toBe(true);
});

function stateOf(id: string, state: string) {
  return fateBy(world, id, (fate) => fate.state === state);
}
