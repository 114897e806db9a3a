import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  certificateAuthority,
  type Leaf,
  mailHost,
  openIdProvider,
  scriptedHost,
  selfSigned,
  temporaryDirectory,
} from '@postern/lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fateOf, onDatabase, type Scenario, scenario } from '../src/index.ts';

const SECRET = 'a secret of the lab';
let world: Scenario;
let provider: Awaited<ReturnType<typeof openIdProvider>>;
let spare: Awaited<ReturnType<typeof mailHost>>;
let strict: Awaited<ReturnType<typeof mailHost>>;
let own: Leaf;

// Services know a new route after a moment; here they start with all of them.
beforeAll(async () => {
  world = await scenario({ services: ['api'] });
  provider = await openIdProvider();
  spare = await mailHost({ address: '127.0.6.2' });
  const { cli } = world.gateway;
  const add = (name: string, ...more: string[]) => cli.call(world.gateway, ['route', 'add', '--name', name, ...more]);
  await add(
    'two',
    '--host',
    '127.0.6.1',
    '--port',
    '2525',
    '--host',
    `127.0.6.2:${spare.port}`,
    ...clear('two.example'),
  );
  await add('nowhere', '--kind', 'discard', '--domain', 'discard.example');
  await add('back', '--kind', 'fail', '--domain', 'fail.example');
  await oauth('cloud', 'device', '127.0.6.3', 'cloud.example');
  await oauth('stranger', 'nobody-known', '127.0.6.3', 'stranger.example');
  const { key, certificate: cert } = await (await certificateAuthority()).issue(['127.0.6.4']);
  const asks = { key, cert, requestCert: true, rejectUnauthorized: true };
  strict = await mailHost({ address: '127.0.6.4', tls: asks });
  own = await selfSigned(['gateway.lab.example']);
  await using folder = await temporaryDirectory();
  const pem = join(folder.path, 'own.pem');
  await writeFile(pem, own.certificate + own.key);
  const to = (domain: string) =>
    ['--host', '127.0.6.4', '--port', String(strict.port), '--tls', 'required', '--domain', domain] as const;
  await add('known', ...to('known.example'), '--client-certificate', pem);
  await add('unknown', ...to('unknown.example'));
  await Promise.all([world.gateway.run('submission'), world.gateway.run('delivery')]);
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await provider?.[Symbol.asyncDispose]();
  await spare?.close();
  await strict?.close();
});

function clear(domain: string): readonly string[] {
  return ['--tls', 'opportunistic', '--domain', domain];
}

function oauth(name: string, client: string, host: string, domain: string): Promise<string> {
  const at = [
    '--name',
    name,
    '--host',
    host,
    '--port',
    '4650',
    '--implicit-tls',
    '--tls',
    'required',
    '--domain',
    domain,
  ];
  const token = ['--oauth-token-url', `${provider.issuer}/token`, '--oauth-client-id', client];
  return world.gateway.cli(
    ['route', 'add', ...at, '--user', 'app@cloud.example', '--password-stdin', ...token],
    SECRET,
  );
}

test('mail goes to the next smarthost of a route while the first one is away, and both are shown as they are', async () => {
  expect(await fateOf(world, 'a@two.example')).toMatchObject({ state: 'delivered', queue: 'two', host: '127.0.6.2' });
  expect(spare.count).toBe(1);
  const shown = await world.gateway.json<{ health: { part: string; ok: boolean }[] }>(['route', 'show', 'two']);
  expect(shown.health).toMatchObject([
    { part: '127.0.6.1:2525', ok: false },
    { part: `127.0.6.2:${spare.port}`, ok: true },
  ]);
});

test('a discard route swallows mail, and a fail route refuses it, with nobody dialled', async () => {
  expect(await fateOf(world, 'a@discard.example')).toMatchObject({
    state: 'delivered',
    host: null,
    text: 'Discarded by the route nowhere',
  });
  expect(await fateOf(world, 'a@fail.example')).toMatchObject({ state: 'bounced', host: null, enhanced: '5.7.1' });
});

test('a route with OAuth gets its token from the token server and authenticates with XOAUTH2, and the token is told to nobody', async () => {
  const said: string[] = [];
  const { key, certificate: cert } = await (await certificateAuthority()).issue(['127.0.6.3']);
  await using cloud = await scriptedHost({
    address: '127.0.6.3',
    port: 4650,
    script: async (client) => {
      await client.startTls({ key, cert });
      client.say('220 mx');
      for (const reply of ['250-mx\r\n250 AUTH XOAUTH2', '235 2.7.0 Ok', '250 Ok', '250 Ok', '354 Go on']) {
        said.push(await client.line());
        client.say(reply);
      }
      await client.content();
      client.say('250 2.0.0 Ok');
    },
  });
  expect(await fateOf(world, 'a@cloud.example')).toMatchObject({ state: 'delivered', queue: 'cloud' });
  expect(cloud.connections).toBe(1);
  const sent = Buffer.from(/^AUTH XOAUTH2 (\S+)$/.exec(said[1] ?? '')?.[1] ?? '', 'base64').toString();
  const token =
    /^user=app@cloud\.example\u0001auth=Bearer (\S+)\u0001\u0001$/.exec(sent)?.[1] ?? expect.unreachable(sent);
  const shown = await world.gateway.cli(['route', 'show', 'cloud']);
  expect(shown).toMatch(/Token +good since .*holds until/);
  for (const secret of [token, SECRET]) expect(shown + world.gateway.log).not.toContain(secret);
});

test('a route shows its certificate to a host that asks for one; its key is told to nobody, and is sealed in the store', async () => {
  const gateway = world.gateway;
  expect(await fateOf(world, 'a@unknown.example')).toMatchObject({ state: 'deferred', queue: 'unknown' });
  expect(await fateOf(world, 'a@known.example')).toMatchObject({ state: 'delivered', queue: 'known' });
  expect(strict.count).toBe(1);
  const shown = await gateway.cli(['route', 'show', 'known']);
  expect(shown).toMatch(/Client certificate +CN=.*until .*sha256 [0-9a-f]{64}/);
  const { rows } = await onDatabase(world, (client) =>
    client.query<{ stored: string }>(
      `select encode(client_certificate, 'escape') as stored from routes where name = 'known'`,
    ),
  );
  const line = own.key.split('\n')[1] ?? expect.unreachable();
  for (const text of [shown, gateway.log, rows[0]?.stored ?? expect.unreachable()]) expect(text).not.toContain(line);
  await gateway.cli(['route', 'update', 'known', '--client-certificate', 'none']);
  expect(await gateway.cli(['route', 'show', 'known'])).not.toContain('Client certificate');
});

test('mail waits while the token server refuses, and the route says why', async () => {
  expect(await fateOf(world, 'a@stranger.example')).toMatchObject({
    state: 'deferred',
    text: expect.stringMatching(/no access token: the token server answered 401 invalid_client/),
  });
  expect(await world.gateway.cli(['route', 'show', 'stranger'])).toMatch(/Token +at fault since .*invalid_client/);
});

test('a route is tested with each of its hosts as far as the recipient, and nothing arrives', async () => {
  const before = spare.count;
  const mail = ['--sender', 'app@lab.example', '--recipient', 'a@two.example'];
  const tested = await world.gateway.json<{ ok: boolean; hosts: { ok: boolean; steps: { step: string }[] }[] }>([
    'route',
    'test',
    'two',
    ...mail,
  ]);
  expect(tested).toMatchObject({ ok: false, hosts: [{ ok: false }, { ok: true }] });
  expect(tested.hosts[0]?.steps.at(-1)).toMatchObject({ step: 'connect', ok: false });
  expect(tested.hosts[1]?.steps.at(-1)).toMatchObject({ step: 'rcpt', ok: true });
  expect(spare.count).toBe(before);
});

test('routes are asked in their order, which is shown and can be changed, and what is changed of one leaves the rest', async () => {
  const names = async () => (await world.gateway.json<{ name: string }[]>(['route', 'list'])).map(({ name }) => name);
  expect(await names()).toEqual(['two', 'nowhere', 'back', 'cloud', 'stranger', 'known', 'unknown']);
  await world.gateway.cli(['route', 'move', 'back', '--before', 'two']);
  expect(await names()).toEqual(['back', 'two', 'nowhere', 'cloud', 'stranger', 'known', 'unknown']);
  const before = await world.gateway.json<{ oauth: object; user: string }>(['route', 'show', 'cloud']);
  const after = await world.gateway.json<object>(['route', 'update', 'cloud', '--domain', 'other.example']);
  expect(after).toMatchObject({ user: before.user, oauth: before.oauth, domains: ['other.example'] });
});
