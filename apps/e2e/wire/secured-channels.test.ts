import { createHash } from 'node:crypto';
import {
  certificateAuthority,
  type Leaf,
  type MailHost,
  mailHost,
  type MiddleMan,
  middleMan,
  signedInternet,
  type SignedInternet,
  type Tampering,
} from '@postern/lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { authenticated, type Fate, fateBy, fateOf, messageId, type Scenario, scenario, SOUND } from '../src/index.ts';

/** Mail hosts of a signed zone, each at its address. */
const HOSTS = { good: 11, bare: 12, other: 13 } as const;
const TAMPERED = {
  stripped: [21, 'strips STARTTLS'],
  refused: [22, 'refuses STARTTLS'],
  spoilt: [23, 'spoils the handshake'],
  injected: [24, 'injects a reply'],
} as const satisfies Record<string, readonly [number, Tampering]>;

const BASICS = ['PIPELINING', 'SIZE 104857600', '8BITMIME', 'ENHANCEDSTATUSCODES'];
let world: Scenario;
let dns: SignedInternet;
let smarthost: MailHost;
let next: Leaf;
let leaf: Leaf;
const hosts = new Map<string, MailHost>();
const middle = new Map<string, MiddleMan>();

const tlsa = ({ publicKeyDer }: Leaf): string =>
  `TLSA 3 1 1 ${createHash('sha256').update(publicKeyDer).digest('hex')}`;
const NOBODYS = `TLSA 3 1 1 ${'00'.repeat(32)}`;

/** The zone, with what the smarthost's TLSA records are. */
function zone(ofSmarthost: readonly string[]): string {
  const site = (name: string, host: number, record: string | undefined) => `
    ${name}.signed.example. MX 10 mx.${name}.signed.example.
    mx.${name}.signed.example. A 127.0.7.${host}
    ${record === undefined ? '' : `_25._tcp.mx.${name}.signed.example. ${record}`}`;
  return [
    site('good', HOSTS.good, tlsa(leaf)),
    site('bare', HOSTS.bare, tlsa(leaf)),
    site('other', HOSTS.other, NOBODYS),
    ...Object.entries(TAMPERED).map(([name, [host]]) => site(name, host, tlsa(leaf))),
    'smtp.signed.example. A 127.0.7.31',
    ...ofSmarthost.map((record) => `_${smarthost.port}._tcp.smtp.signed.example. ${record}`),
    'naked.signed.example. A 127.0.7.31',
  ].join('\n');
}

beforeAll(async () => {
  const ca = await certificateAuthority();
  // The key is what is published: with DANE-EE neither the name nor the authority counts.
  [leaf, next] = await Promise.all([ca.issue(['mx.good.signed.example']), ca.issue(['smtp.signed.example'])]);
  const tls = { key: leaf.key, cert: leaf.chain };
  smarthost = await mailHost({ address: '127.0.7.31', tls });
  dns = await signedInternet({
    zones: {
      'signed.example': { security: 'signed', records: zone([NOBODYS]) },
      'plain.example': {
        security: 'unsigned',
        records: 'plain.example. MX 10 mx.plain.example.\nmx.plain.example. A 127.0.7.21',
      },
    },
  });
  // Services know a new route after a moment; here they start with all of them.
  world = await scenario({ services: ['api'], env: { POSTERN_DNS_SERVERS: `${dns.address}:${dns.port}` } });
  const { port } = world.internet.host;
  const start = async (name: keyof typeof HOSTS, extensions: readonly string[]) =>
    void hosts.set(name, await mailHost({ address: `127.0.7.${HOSTS[name]}`, port, tls, extensions }));
  await Promise.all([
    start('good', [...BASICS, 'REQUIRETLS']),
    start('bare', BASICS),
    start('other', BASICS),
    ...Object.entries(TAMPERED).map(async ([name, [host, tampering]]) => {
      const to = { address: `127.0.7.${HOSTS.good}`, port };
      middle.set(name, await middleMan({ address: `127.0.7.${host}`, port, to, tampering }));
    }),
  ]);
  for (const [name, host] of [
    ['proved', 'smtp.signed.example'],
    ['unproved', 'naked.signed.example'],
  ] as const) {
    const where = ['--name', name, '--host', host, '--port', String(smarthost.port), '--domain', `${name}.example`];
    await world.gateway.cli(['route', 'add', ...where, '--tls', 'dane']);
  }
  await Promise.all([world.gateway.run('submission'), world.gateway.run('delivery')]);
}, 90_000);
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  for (const each of [...hosts.values(), ...middle.values(), smarthost]) await each?.[Symbol.asyncDispose]();
  await dns?.[Symbol.asyncDispose]();
});

interface Shown {
  readonly attemptPage: { readonly items: readonly Record<string, unknown>[] };
}

const shown = async (id: string) => (await world.gateway.json<Shown>(['message', 'show', id])).attemptPage.items[0];

test('a route with --tls dane holds mail while the key of its smarthost is not the published one, and sends it when the record was rolled over', async () => {
  const { id, ...fate } = await fateOf(world, 'a@proved.example');
  expect(fate).toMatchObject({ state: 'deferred', queue: 'proved', enhanced: '4.7.5' });
  expect(fate.text).toContain('TLSA records of smtp.signed.example');
  expect(smarthost.count).toBe(0);
  // Both keys are published while the old one is still in use (RFC 7671 §8.1).
  await dns.update('signed.example', zone([tlsa(next), tlsa(leaf)]));
  await world.gateway.kill('delivery', 'SIGTERM');
  await world.gateway.run('delivery');
  await world.gateway.cli(['message', 'retry', id]);
  expect(await fateBy(world, id, ({ state }) => state === 'delivered')).toMatchObject({ tlsVerified: true });
  expect(await shown(id)).toMatchObject({
    policy: 'dane: TLSA records of smtp.signed.example',
    tls: { protocol: 'TLSv1.3', verified: true },
    channel: {
      found: { dane: expect.stringMatching(/^3 1 1 .*; 3 1 1 /), local: 'route proved' },
      applied: 'dane',
      demanded: 'dane',
      verdict: 'pass',
      certificate: {
        subject: expect.any(String),
        issuer: expect.any(String),
        fingerprintSha256: createHash('sha256').update(leaf.der).digest('hex'),
        publicKeySha256: createHash('sha256').update(leaf.publicKeyDer).digest('hex'),
      },
    },
  });
  const words = await world.gateway.cli(['message', 'show', id]);
  for (const word of [/Demanded +dane \(dane\)/, /Issued by +\S/, /SHA-256 +[0-9a-f]{64}/, /Verdict +pass: .*DANE/])
    expect(words).toMatch(word);
  expect(smarthost.messages.at(-1)?.session.tls).toBeTruthy();
});

test('a route with --tls dane never sends to a smarthost without TLSA records', async () => {
  const before = smarthost.count;
  expect(await fateOf(world, 'a@unproved.example')).toMatchObject({
    state: 'deferred',
    text: expect.stringMatching(/demands DANE for naked\.signed\.example, and it has no TLSA records/),
    tlsFailure: expect.stringMatching(/^dane-required: /),
  });
  expect(smarthost.count).toBe(before);
});

async function requireTls(to: string): Promise<Fate> {
  using client = await authenticated(world);
  await client.ask('EHLO client.lab.example');
  expect(await client.code('MAIL FROM:<app@lab.example> REQUIRETLS')).toBe(250);
  expect(await client.code(`RCPT TO:<${to}>`)).toBe(250);
  expect(await client.code('DATA')).toBe(354);
  await client.write(SOUND);
  const { text } = await client.ask('.');
  return fateBy(world, messageId(text), ({ state }) => state !== 'queued' && state !== 'sending');
}

test('REQUIRETLS goes on to a host that offers it and proves itself, and is demanded of it in turn', async () => {
  expect(await requireTls('a@good.signed.example')).toMatchObject({ state: 'delivered', tlsVerified: true });
  const got = hosts.get('good')?.messages.at(-1);
  expect(got?.mailParameters).toContain('REQUIRETLS');
  expect(got?.session.tls).toBeTruthy();
});

test('REQUIRETLS comes back with 5.7.30 from a host that proves itself and does not offer it', async () => {
  expect(await requireTls('a@bare.signed.example')).toMatchObject({
    state: 'bounced',
    code: 550,
    enhanced: '5.7.30',
    text: expect.stringContaining('REQUIRETLS'),
  });
  expect(hosts.get('bare')?.count).toBe(0);
});

test('REQUIRETLS waits where nobody vouches for the mail host', async () => {
  expect(await requireTls('a@plain.example')).toMatchObject({
    state: 'deferred',
    text: expect.stringMatching(/REQUIRETLS, and neither DNSSEC nor MTA-STS vouches/),
  });
});

test('TLS-Required: No goes past TLSA records that the host does not meet, and its field goes with it', async () => {
  expect(await fateOf(world, 'a@other.signed.example')).toMatchObject({ state: 'deferred', enhanced: '4.7.5' });
  expect(hosts.get('other')?.count).toBe(0);
  const { id, state } = await fateOf(world, 'a@other.signed.example', `TLS-Required: No\r\n${SOUND}`);
  expect(state).toBe('delivered');
  expect(hosts.get('other')?.messages.at(-1)?.content?.toString()).toContain('TLS-Required: No');
  expect(await shown(id)).toMatchObject({ channel: { applied: 'none', found: { sender: 'TLS-Required: No' } } });
});

test.each([
  ['stripped', 'starttls-not-supported'],
  ['refused', 'starttls-not-supported'],
  ['spoilt', 'validation-failure'],
  ['injected', undefined],
] as const)(
  'mail under DANE waits while STARTTLS is %s between us and the host, and none of it is heard',
  async (name, resultType) => {
    const before = hosts.get('good')?.count;
    const fate = await fateOf(world, `a@${name}.signed.example`);
    expect(fate.state).toBe('deferred');
    if (resultType !== undefined) expect(fate.tlsFailure).toMatch(new RegExp(`^${resultType}: `));
    expect(middle.get(name)?.connections).toBeGreaterThan(0);
    expect(middle.get(name)?.heard).not.toMatch(/MAIL FROM|Subject: sound/);
    expect(hosts.get('good')?.count).toBe(before);
  },
);

test('where no policy forbids it, mail goes in clear past a stripped STARTTLS, and its attempt says so', async () => {
  expect(await fateOf(world, 'a@plain.example')).toMatchObject({
    state: 'delivered',
    tlsProtocol: 'none',
    tlsFailure: expect.stringMatching(/^starttls-not-supported: /),
  });
});
