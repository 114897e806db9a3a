import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  authenticated,
  encrypted,
  greeted,
  plain,
  RawClient,
  type Scenario,
  scenario,
  sendRaw,
  SOUND,
} from '../src/index.ts';

/** In a listed network, and in none. */
const LISTED = '127.0.0.21';
const UNLISTED = '127.0.0.22';

let world: Scenario;
/** What may leave the gateway: nothing else does. */
const sent: string[] = [];
beforeAll(async () => {
  world = await scenario();
  await world.gateway.cli(['network', 'add', '127.0.0.21/32', '--sender', 'printer@lab.example']);
});
afterAll(() => world[Symbol.asyncDispose]());

const STRANGERS: readonly [string, () => Promise<RawClient>][] = [
  ['the submission port in clear', () => greeted(world.gateway.ports.submission)],
  ['the submission port under TLS', () => encrypted(world.gateway.ports.submission)],
  ['the submissions port', () => implicit(world)],
  ['the relay port from an address that is not listed', () => greeted(world.gateway.ports.relay, { from: UNLISTED })],
  ['the relay port from 127.0.0.1, which is not listed either', () => greeted(world.gateway.ports.relay)],
];

test.each(STRANGERS)('a stranger on %s cannot begin a mail, whatever sender it names', async (where, open) => {
  using client = await open();
  for (const reversePath of [
    'app@lab.example',
    '',
    'printer@lab.example',
    'postmaster@gateway.lab.example',
    'root@localhost',
    'app@[127.0.0.1]',
    'app@[IPv6:::1]',
    'app@[IPv6:::ffff:127.0.0.1]',
    '@lab.example:stranger@evil.example',
  ]) {
    const reply = await client.ask(`MAIL FROM:<${reversePath}>`);
    expect(reply.text).toMatch(where.includes('relay') ? /^550 5\.7\.1 / : /^530 5\.7\.0 /);
  }
  expect(await client.code('RCPT TO:<someone@receiver.example>')).toBe(503);
  expect(await client.code('DATA')).toBe(503);
});

test('AUTH= on MAIL is no AUTH', async () => {
  using client = await encrypted(world.gateway.ports.submission);
  expect(await client.code('MAIL FROM:<app@lab.example> AUTH=app@lab.example')).toBe(530);
});

test('the relay port offers no AUTH and takes none, so no secret is guessed there', async () => {
  using client = await greeted(world.gateway.ports.relay, { from: UNLISTED });
  expect(await client.code(`AUTH PLAIN ${plain(world.user, world.password)}`)).toBe(502);
  expect((await client.ask('EHLO a')).text).not.toMatch(/AUTH/);
});

test.each(['PROXY TCP4 127.0.0.21 127.0.0.1 1 25', 'XCLIENT ADDR=127.0.0.21', 'XFORWARD ADDR=127.0.0.21'])(
  '%s does not make a stranger a listed client',
  async (line) => {
    using client = await greeted(world.gateway.ports.relay, { from: UNLISTED });
    expect(await client.code(line)).toBeGreaterThanOrEqual(500);
    expect(await client.code('MAIL FROM:<printer@lab.example>')).toBe(550);
  },
);

test('a PROXY header before the greeting ends the connection', async () => {
  using client = await RawClient.connect(world.gateway.ports.relay, { from: UNLISTED });
  await client.write('PROXY TCP4 127.0.0.21 127.0.0.1 1 25\r\n');
  const replies = await client.rest().catch(() => []);
  expect(replies.filter(({ code }) => code < 400 && code !== 220)).toEqual([]);
});

test('a listed network sends as its sender rules say, and as nobody else', async () => {
  using client = await greeted(world.gateway.ports.relay, { from: LISTED });
  expect((await client.ask('MAIL FROM:<app@lab.example>')).text).toMatch(/^550 5\.7\.1 /);
  expect((await client.ask('MAIL FROM:<>')).text).toMatch(/^550 5\.7\.1 /);
  const envelope = { from: 'printer@lab.example' };
  expect((await sendRaw(client, SOUND, envelope)).text).toMatch(/^550 5\.7\.1 .*From field/);
  expect(await sendRaw(client, SOUND.replace('app@', 'printer@'), envelope)).toMatchObject({ code: 250 });
  sent.push('someone@receiver.example');
});

test('a listed network that is removed relays no more, in a session that is open too', async () => {
  await world.gateway.cli(['network', 'add', '127.0.0.23/32', '--sender', 'printer@lab.example']);
  using client = await greeted(world.gateway.ports.relay, { from: '127.0.0.23' });
  expect(await client.code('MAIL FROM:<printer@lab.example>')).toBe(250);
  await client.ask('RSET');
  await world.gateway.cli(['network', 'remove', '127.0.0.23/32']);
  await expect
    .poll(
      async () => {
        const { code } = await client.ask('MAIL FROM:<printer@lab.example>');
        await client.code('RSET');
        return code;
      },
      {
        timeout: 5_000,
        interval: 100,
      },
    )
    .toBe(550);
});

/** Forms that have opened relays: each is one mailbox at its right-most domain, and nothing in its local-part is a place. */
test.each([
  ['a percent hack', 'victim%inner.example@receiver.example'],
  ['a bang path', 'inner.example!victim@receiver.example'],
  ['a quoted local-part that looks like an address', '"victim@inner.example"@receiver.example'],
  ['a quoted local-part that looks like a route', '"@inner.example:victim"@receiver.example'],
])('%s goes to its right-most domain, as it is written', async (_, forwardPath) => {
  using client = await authenticated(world);
  expect(await sendRaw(client, SOUND, { to: forwardPath })).toMatchObject({ code: 250 });
  sent.push(forwardPath);
});

test('a source route is stripped, and its hosts are not asked (RFC 5321 appendix C)', async () => {
  using client = await authenticated(world);
  const to = '@inner.example,@other.example:routed@receiver.example';
  expect(await sendRaw(client, SOUND, { to })).toMatchObject({ code: 250 });
  sent.push('routed@receiver.example');
});

test.each([
  'inner.example!victim',
  'victim',
  'victim@inner.example@receiver.example',
  '@inner.example:',
  '@inner.example',
  'victim%inner.example',
  '"victim@receiver.example',
  'victim@receiver.example,other@receiver.example',
  'victim@receiver.example>,<other@receiver.example',
  'victim@receiver_.example',
  'victim@127.0.0.2',
  'victim@[999.0.0.1]',
  'victim@[IPv6:127.0.0.2]',
])('<%s> is no forward-path', async (forwardPath) => {
  using client = await authenticated(world);
  expect(await client.code('MAIL FROM:<app@lab.example>')).toBe(250);
  expect((await client.ask(`RCPT TO:<${forwardPath}>`)).text).toMatch(/^(501 5\.(1\.3|5\.4)|555 5\.5\.4) /);
});

test('what was sent has arrived at the mail host of the right-most domain, and nothing else was accepted', async () => {
  const ledger = await world.gateway.settled();
  expect(ledger).toMatchObject({ accepted: sent.length, delivered: sent.length });
  expect(world.internet.host.messages.flatMap((each) => each.forwardPaths).toSorted()).toEqual(sent.toSorted());
});

async function implicit({ gateway }: Scenario): Promise<RawClient> {
  const client = await RawClient.connect(gateway.ports.submissions, { tls: {} });
  await client.read();
  await client.ask('EHLO client.lab.example');
  return client;
}
