import { openIdProvider, type OpenIdProvider } from '@postern/lab';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encrypted, type RawClient, type Scenario, scenario, sendRaw, SOUND } from '../src/index.ts';

let provider: OpenIdProvider;
let world: Scenario;
beforeAll(async () => {
  provider = await openIdProvider();
  world = await scenario({
    env: { POSTERN_TOKEN_ISSUER: provider.issuer, POSTERN_TOKEN_AUDIENCE: 'postern' },
  });
  await world.gateway.cli(['identity', 'add', world.user, '--token', 'device']);
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});

const under = (): Promise<RawClient> => encrypted(world.gateway.ports.submission);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const bearer = (token: string, name = ''): string => base64(`n,a=${name},\x01auth=Bearer ${token}\x01\x01`);
const xoauth2 = (token: string, name: string): string => base64(`user=${name}\x01auth=Bearer ${token}\x01\x01`);

test('both mechanisms are offered where a provider is configured', async () => {
  using client = await under();
  expect((await client.ask('EHLO again.lab.example')).text).toMatch(/^250[- ]AUTH .* OAUTHBEARER XOAUTH2$/m);
});

test('a token of the provider submits as the credential that its claim is bound to', async () => {
  const token = await provider.token();
  for (const command of [
    `AUTH OAUTHBEARER ${bearer(token)}`,
    `AUTH OAUTHBEARER ${bearer(token, world.user)}`,
    `AUTH XOAUTH2 ${xoauth2(token, world.user)}`,
    `AUTH XOAUTH2 ${xoauth2(token, 'device')}`,
  ]) {
    using client = await under();
    expect(await client.code(command)).toBe(235);
    expect(await client.code('MAIL FROM:<stranger@other.example>')).toBe(550);
    expect(await sendRaw(client, SOUND)).toMatchObject({ code: 250 });
  }
});

test('nodemailer submits with XOAUTH2', async () => {
  const before = world.internet.host.count;
  const transport = createTransport({
    host: '127.0.0.1',
    port: world.gateway.ports.submissions,
    secure: true,
    auth: { type: 'OAuth2', user: world.user, accessToken: await provider.token() },
    tls: { rejectUnauthorized: false },
  });
  await transport.sendMail({ from: 'app@lab.example', to: 'someone@receiver.example', text: 'with a token' });
  transport.close();
  await world.internet.host.waitForCount(before + 1, 20_000);
});

test.each<[string, () => Promise<string>]>([
  ['a token for somebody else', () => provider.token({ audience: 'another' })],
  ['a token whose claim is bound to nothing', () => provider.token({ client: 'stranger' })],
  ['no token of anybody', () => Promise.resolve('abc.def.ghi')],
])(
  '%s is told so (RFC 7628 §3.2.2) and refused in the words of a wrong secret, and the session goes on',
  async (_, give) => {
    using client = await under();
    const challenge = await client.ask(`AUTH OAUTHBEARER ${bearer(await give())}`);
    expect(Buffer.from(challenge.text.slice(4), 'base64').toString()).toBe('{"status":"invalid_token"}');
    expect((await client.ask('AQ==')).text).toMatch(/^535 5\.7\.8 /);
    expect(await client.code(`AUTH XOAUTH2 ${xoauth2(await give(), world.user)}`)).toBe(334);
    expect((await client.ask('')).text).toMatch(/^535 5\.7\.8 /);
    expect(await client.code(`AUTH OAUTHBEARER ${bearer(await provider.token())}`)).toBe(235);
  },
);

test('a token for a name that is not its own is refused', async () => {
  const other = await world.gateway.credential('other');
  using client = await under();
  expect(await client.code(`AUTH XOAUTH2 ${xoauth2(await provider.token(), other.user)}`)).toBe(334);
  expect(await client.code('')).toBe(535);
});

test('no token stands in the log', async () => {
  const token = await provider.token({ audience: 'another' });
  using client = await under();
  await client.ask(`AUTH OAUTHBEARER ${bearer(token)}`);
  await client.ask('AQ==');
  expect(world.gateway.log).toContain('authentication refused');
  for (const part of [token, token.split('.')[2] ?? token, base64(token)])
    expect(world.gateway.log).not.toContain(part);
});

test('a disabled credential is refused with a good token', async () => {
  const robot = await world.gateway.credential('robot');
  await world.gateway.cli(['identity', 'add', robot.user, '--token', 'robot@lab.example']);
  const token = await provider.token({ client: 'robot@lab.example' });
  using before = await under();
  expect(await before.code(`AUTH OAUTHBEARER ${bearer(token)}`)).toBe(235);
  await world.gateway.cli(['credential', 'disable', robot.user]);
  await expect
    .poll(
      async () => {
        using client = await under();
        return await client.code(`AUTH OAUTHBEARER ${bearer(token)}`);
      },
      { timeout: 20_000 },
    )
    .toBe(334);
});

test('a provider that is away is 454 4.7.0, never 235 and never 535; other mechanisms go on', async () => {
  await using away = await openIdProvider();
  const token = await away.token();
  await using own = await scenario({
    services: ['submission'],
    env: { POSTERN_TOKEN_ISSUER: away.issuer, POSTERN_TOKEN_AUDIENCE: 'postern' },
  });
  await own.gateway.cli(['identity', 'add', own.user, '--token', 'device']);
  await away.stop();
  using client = await encrypted(own.gateway.ports.submission);
  expect((await client.ask(`AUTH OAUTHBEARER ${bearer(token)}`)).text).toMatch(/^454 4\.7\.0 /);
  expect((await client.ask(`AUTH XOAUTH2 ${xoauth2(token, own.user)}`)).text).toMatch(/^454 4\.7\.0 /);
  await away.start();
  await expect.poll(() => client.code(`AUTH OAUTHBEARER ${bearer(token)}`), { timeout: 10_000 }).toBe(235);
});
