import { certificateAuthority, type Leaf, type MailHost, mailHost, scriptedHost } from '@postern/lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fateBy, fateOf, messageId, type Scenario, scenario, SOUND, submit } from '../src/index.ts';

const PASSWORD = 'upstream-secret-7fQ';
let world: Scenario;
let smarthost: MailHost;
let plain: MailHost;
const told: string[] = [];

// Services know a new route after a moment; here they start with all of them.
beforeAll(async () => {
  world = await scenario({ services: ['api'] });
  const { key, certificate: cert } = await leaf(['elsewhere.example']);
  smarthost = await mailHost({ address: '127.0.5.1', tls: { key, cert }, accounts: { relay: PASSWORD } });
  plain = await mailHost({ address: '127.0.5.2', accounts: { relay: PASSWORD } });
  await addRoute('encrypted', smarthost, '--tls', 'required', '--domain', '*.routed.example');
  await addRoute('verified', smarthost, '--domain', 'verified.example');
  await addRoute('plain', plain, '--tls', 'required', '--domain', 'plain.example');
  await addRoute('implicit', { address: '127.0.5.3', port: 465 }, '--tls', 'required', '--domain', 'implicit.example');
  const nowhere = ['--name', 'nowhere', '--host', 'smarthost.nowhere.example', '--tls', 'opportunistic'];
  await world.gateway.cli(['route', 'add', ...nowhere, '--domain', 'typo.example']);
  const gone = ['--name', 'gone', '--host', '127.0.5.9', '--port', '2525', '--tls', 'opportunistic'];
  await world.gateway.cli(['route', 'add', ...gone, '--domain', '*', '--sender', 'app@lab.example']);
  await Promise.all([world.gateway.run('submission'), world.gateway.run('delivery')]);
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await smarthost?.close();
  await plain?.close();
});

async function leaf(names: readonly string[]): Promise<Leaf> {
  return (await certificateAuthority()).issue(names);
}

/** Adds a route with a user and a password. */
async function addRoute(name: string, at: { readonly address: string; readonly port: number }, ...more: string[]) {
  const where = ['--name', name, '--host', at.address, '--port', String(at.port)];
  const user = ['--user', 'relay', '--password-stdin'];
  const end = await world.gateway.tryCli(['route', 'add', ...where, ...user, ...more, '--json'], `${PASSWORD}\n`);
  told.push(end.stdout, end.stderr);
  return end;
}

test('mail for the domains of a route goes to its smarthost, over TLS and with its password, which is told to nobody', async () => {
  const { id, ...fate } = await fateOf(world, 'a@sub.routed.example');
  expect(fate).toMatchObject({ state: 'delivered', queue: 'encrypted', tlsVerified: false });
  expect(smarthost.messages.at(-1)?.session).toMatchObject({ authenticatedAs: 'relay', tls: expect.anything() });
  for (const verb of [
    ['route', 'list'],
    ['message', 'show', id],
    ['queue', 'list'],
  ])
    told.push(await world.gateway.cli([...verb, '--json']));
  const everything = [...told, world.gateway.log].join('\n');
  expect(everything).toContain('encrypted');
  for (const secret of [PASSWORD, base64(PASSWORD), base64(`\0relay\0${PASSWORD}`)])
    expect(everything).not.toContain(secret);
});

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

test('a route with a password and without --tls wants a certificate that proves the name, and never sends to another', async () => {
  const before = smarthost.count;
  const fate = await fateOf(world, 'a@verified.example');
  expect(fate).toMatchObject({ state: 'deferred', queue: 'verified', enhanced: '4.7.5' });
  expect(smarthost.count).toBe(before);
  expect(smarthost.misbehaviour).toEqual([]);
});

test('a route that must be encrypted defers at a smarthost without STARTTLS, and sends it nothing', async () => {
  expect(await fateOf(world, 'a@plain.example')).toMatchObject({
    state: 'deferred',
    queue: 'plain',
    enhanced: expect.stringMatching(/^4\.7\./),
  });
  expect(plain.count).toBe(0);
});

test('a smarthost whose name has no address defers: a typing error bounces nobody', async () => {
  expect(await fateOf(world, 'a@typo.example')).toMatchObject({ state: 'deferred', enhanced: '4.4.4' });
});

test('a smarthost at port 465 is spoken to in TLS from the start', async () => {
  const { key, certificate: cert } = await leaf(['127.0.5.3']);
  await using submissions = await scriptedHost({
    address: '127.0.5.3',
    port: 465,
    script: async (client) => {
      await client.startTls({ key, cert });
      client.say('220 mx');
      for (const reply of ['250-mx\r\n250 AUTH PLAIN', '235 2.7.0 Ok', '250 Ok', '250 Ok', '354 Go on']) {
        await client.line();
        client.say(reply);
      }
      await client.content();
      client.say('250 2.0.0 Ok');
    },
  });
  const fate = await fateOf(world, 'a@implicit.example');
  expect(fate).toMatchObject({ state: 'delivered', queue: 'implicit', tlsProtocol: 'TLSv1.3' });
  expect(submissions.connections).toBe(1);
});

test('a password without TLS is refused with a clear word', async () => {
  const clear = await addRoute('clear', smarthost, '--tls', 'opportunistic', '--domain', 'clear.example');
  expect(clear.code).not.toBe(0);
  expect(clear.stderr + clear.stdout).toMatch(/password/);
});

test('a route by sender takes that mail and no other, and mail that waits for it goes to its own mail hosts once it is removed', async () => {
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
