import { type DurableTestServer, durableTestServer } from '@postern/database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encrypted, opened, plain, type Scenario, scenario, sendRaw, SOUND } from '../src/index.ts';

let server: DurableTestServer;
let world: Scenario;
let others: readonly { readonly user: string; readonly password: string }[];
beforeAll(async () => {
  server = await durableTestServer();
  world = await scenario({ databaseUrl: server.url, host: { token: 'X-Token' } });
  others = [await world.gateway.credential('second'), await world.gateway.credential('third')];
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await server.close();
});

const HALF = 'From: app@lab.example\r\nX-Token: %\r\n\r\nhalf\r\n';

test('while the database is away AUTH is 454, never yes and never no; when it is back the same session authenticates', async () => {
  using client = await encrypted(world.gateway.ports.submission);
  await server.kill();
  const [second, third] = others;
  for (const [user, password] of [
    [second?.user, second?.password],
    [third?.user, 'a wrong secret'],
    ['nobody-of-that-name', 'a wrong secret'],
  ]) {
    expect((await client.ask(`AUTH PLAIN ${plain(user ?? '', password ?? '')}`)).text).toMatch(/^454 4\.7\.0 /);
  }
  await server.start();
  await expect
    .poll(() => client.code(`AUTH PLAIN ${plain(second?.user ?? '', second?.password ?? '')}`), { timeout: 10_000 })
    .toBe(235);
});

test.each([
  ['a small message', 1],
  ['a message that is staged while it comes in', 1_000_000],
])(
  'the database goes away while %s comes in: 452 or 451, then it is accepted once and arrives once',
  async (name, octets) => {
    const before = await world.gateway.settled();
    using client = await encrypted(world.gateway.ports.submission);
    expect(await client.code(`AUTH PLAIN ${plain(world.user, world.password)}`)).toBe(235);
    const content = HALF.replace('%', name) + `${'x'.repeat(98)}\r\n`.repeat(Math.ceil(octets / 100));
    await opened(client);
    await client.write(content);
    await server.kill();
    await client.write(content.slice(content.indexOf('half')));
    expect((await client.ask('.')).text).toMatch(/^45[12] 4\.3\./);
    await server.start();
    await expect
      .poll(
        async () => {
          const code = await client.code('MAIL FROM:<app@lab.example>');
          await client.ask('RSET');
          return code;
        },
        { timeout: 10_000 },
      )
      .toBe(250);
    expect(await sendRaw(client, content)).toMatchObject({ code: 250 });
    expect((await world.gateway.settled()).accepted).toBe(before.accepted + 1);
    await world.internet.host.waitForCount(before.accepted + 1);
    expect(world.internet.host.tokens.get(name)).toBe(1);
  },
);

test('while the database is away MAIL is 4yz, and the session lives to send when it is back', async () => {
  using client = await encrypted(world.gateway.ports.submission);
  expect(await client.code(`AUTH PLAIN ${plain(world.user, world.password)}`)).toBe(235);
  await server.kill();
  // What was known of the credential is good for a second.
  await expect
    .poll(
      async () => {
        const { text } = await client.ask('MAIL FROM:<app@lab.example>');
        await client.ask('RSET');
        return text;
      },
      { timeout: 5_000, interval: 200 },
    )
    .toMatch(/^451 4\.3\.0 /);
  await server.start();
  await expect
    .poll(
      () =>
        sendRaw(client, SOUND).then(
          ({ code }) => code,
          () => client.code('RSET').then(() => 0),
        ),
      {
        timeout: 10_000,
      },
    )
    .toBe(250);
});
