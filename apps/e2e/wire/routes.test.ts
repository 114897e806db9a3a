import { certificateAuthority, type Leaf, type MailHost, mailHost, scriptedHost } from '@postern/lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fateBy, fateOf, messageId, type Scenario, scenario, SOUND, submit } from '../src/index.ts';

const PASSWORD = 'upstream-secret-7fQ';
let world: Scenario;
let smarthost: MailHost;
beforeAll(async () => {
  world = await scenario({ services: ['submission', 'delivery', 'api'] });
  const { key, certificate: cert } = await leaf(['elsewhere.example']);
  smarthost = await mailHost({ address: '127.0.5.1', tls: { key, cert }, accounts: { relay: PASSWORD } });
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await smarthost?.close();
});

async function leaf(names: readonly string[]): Promise<Leaf> {
  return (await certificateAuthority()).issue(names);
}

function addRoute(name: string, ...more: string[]) {
  const where = ['--name', name, '--host', '127.0.5.1', '--port', String(smarthost.port)];
  const user = ['--user', 'relay', '--password-stdin'];
  return world.gateway.tryCli(['route', 'add', ...where, ...user, ...more, '--json'], `${PASSWORD}\n`);
}

test('mail for the domains of a route goes to its smarthost, over TLS and with its password, which is told to nobody', async () => {
  const added = await addRoute('one', '--tls', 'required', '--domain', '*.routed.example');
  expect(added).toMatchObject({ code: 0 });
  const { id, ...fate } = await fateOf(world, 'a@sub.routed.example');
  expect(fate).toMatchObject({ state: 'delivered', queue: 'one', tlsVerified: false });
  expect(smarthost.messages.at(-1)?.session).toMatchObject({ authenticatedAs: 'relay', tls: expect.anything() });
  const told = [
    added.stdout,
    added.stderr,
    await world.gateway.cli(['route', 'list', '--json']),
    await world.gateway.cli(['message', 'show', id, '--json']),
    await world.gateway.cli(['queue', 'list', '--json']),
    world.gateway.log,
  ].join('\n');
  for (const secret of [
    PASSWORD,
    Buffer.from(PASSWORD).toString('base64'),
    Buffer.from(`\0relay\0${PASSWORD}`).toString('base64'),
  ])
    expect(told).not.toContain(secret);
});

test('a route whose certificate does not prove the name defers, and never sends', async () => {
  const before = smarthost.count;
  // Without --tls the certificate must prove the name: the password is worth it (RFC 8314 §3).
  const added = await addRoute('two', '--domain', 'verified.example');
  expect(JSON.parse(added.stdout)).toMatchObject({ tls: 'verify' });
  expect(await fateOf(world, 'a@verified.example')).toMatchObject({ state: 'deferred', enhanced: '4.7.5' });
  expect(smarthost.count).toBe(before);
  expect(smarthost.misbehaviour).toEqual([]);
});

test('a route that must be encrypted defers at a smarthost without STARTTLS, and sends it no password', async () => {
  await using plain = await mailHost({ address: '127.0.5.2', accounts: { relay: PASSWORD } });
  const where = ['--name', 'plain', '--host', '127.0.5.2', '--port', String(plain.port)];
  await world.gateway.cli(
    ['route', 'add', ...where, '--user', 'relay', '--password-stdin', '--tls', 'required', '--domain', 'plain.example'],
    PASSWORD,
  );
  expect(await fateOf(world, 'a@plain.example')).toMatchObject({
    state: 'deferred',
    enhanced: expect.stringMatching(/^4\.7\./),
  });
  expect(plain.count).toBe(0);
});

test('a smarthost at port 465 is spoken to in TLS from the start', async () => {
  const { key, certificate: cert } = await leaf(['127.0.5.3']);
  const replies = ['250-mx\r\n250 AUTH PLAIN', '235 2.7.0 Ok', '250 Ok', '250 Ok', '354 Go on'];
  await using submissions = await scriptedHost({
    address: '127.0.5.3',
    port: 465,
    script: async (client) => {
      await client.startTls({ key, cert });
      client.say('220 mx');
      for (const reply of replies) {
        await client.line();
        client.say(reply);
      }
      await client.content();
      client.say('250 2.0.0 Ok');
    },
  });
  await world.gateway.cli(
    [
      'route',
      'add',
      '--name',
      'tls',
      '--host',
      '127.0.5.3',
      '--port',
      '465',
      '--user',
      'relay',
      '--password-stdin',
      '--tls',
      'required',
      '--domain',
      'implicit.example',
    ],
    PASSWORD,
  );
  expect(await fateOf(world, 'a@implicit.example')).toMatchObject({ state: 'delivered', tlsProtocol: 'TLSv1.3' });
  expect(submissions.failures).toEqual([]);
});

test('--tls dane and a password without TLS are refused with a clear word', async () => {
  const dane = await addRoute('dane', '--tls', 'dane', '--domain', 'dane.example');
  expect(dane.code).not.toBe(0);
  expect(dane.stderr + dane.stdout).toMatch(/DANE.*not there yet/i);
  const clear = await addRoute('clear', '--tls', 'opportunistic', '--domain', 'clear.example');
  expect(clear.code).not.toBe(0);
  expect(clear.stderr + clear.stdout).toMatch(/password/);
});

test('a route by sender takes that mail and no other, and mail that waits for it goes to its own mail hosts once it is removed', async () => {
  const where = ['--name', 'gone', '--host', '127.0.5.9', '--port', '2525', '--tls', 'opportunistic'];
  await world.gateway.cli(['route', 'add', ...where, '--domain', '*', '--sender', 'app@lab.example']);
  const { reply } = await submit(world, SOUND.replace('app@', 'other@'), { from: 'other@lab.example' });
  expect(await fateBy(world, messageId(reply), ({ state }) => state === 'delivered')).toMatchObject({
    queue: 'mx.receiver.example',
  });
  const waits = await fateOf(world, 'a@receiver.example');
  expect(waits).toMatchObject({ state: 'deferred', queue: 'gone' });
  await world.gateway.cli(['route', 'remove', 'gone']);
  expect(await fateBy(world, waits.id, ({ state }) => state === 'delivered')).toMatchObject({
    queue: 'mx.receiver.example',
  });
});
