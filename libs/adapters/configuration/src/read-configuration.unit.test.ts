import { writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfiguration, type Configuration, type Surroundings } from './index.ts';

const surroundings: Surroundings = { directory: '/srv/postern', hostName: 'gateway.example.org' };

test('with nothing set every variable has the default of the contract', () => {
  expect(read({})).toEqual({
    dataDir: '/srv/postern/data',
    databaseUrl: undefined,
    redisUrl: undefined,
    hostname: 'gateway.example.org',
    listen: {
      submission: [{ address: '127.0.0.1', port: 2587 }],
      submissions: [{ address: '127.0.0.1', port: 2465 }],
      relay: [{ address: '127.0.0.1', port: 2525 }],
      devices: [],
      devicesTls: [],
      bounces: [],
      api: [{ address: '127.0.0.1', port: 3001 }],
      console: [{ address: '127.0.0.1', port: 3000 }],
      submissionMetrics: [],
      deliveryMetrics: [],
      consoleMetrics: [],
    },
    tls: undefined,
    clientAuthoritiesFile: undefined,
    proxyNetworks: [],
    tokens: undefined,
    consoleUrl: undefined,
    singleSignOn: undefined,
    firstAccount: { email: 'admin@postern.internal', password: undefined },
    secret: undefined,
    dns: { servers: undefined, trustAd: 'auto' },
    bounceDomain: undefined,
    deliveryPort: 25,
    policyPort: 443,
    tlsRootsFile: undefined,
    allowSpecialAddresses: [],
    sourceAddresses: [],
    apiRequestsPerMinute: 3000,
    dnsBlockLists: [],
    maxMessageOctets: 36_700_160,
    connections: { maxConnections: 3_000, maxConnectionsPerAddress: 2_500 },
    receivedClient: 'shown',
    processes: ['submission', 'delivery', 'api', 'console'],
    logLevel: 'info',
  });
});

test('an empty variable counts as unset', () => {
  expect(read({ POSTERN_DELIVERY_PORT: '', DATABASE_URL: ' ' })).toMatchObject({
    deliveryPort: 25,
    databaseUrl: undefined,
  });
});

test('every fault is told at once, with name, what was given and what is expected', () => {
  const told = faults({
    POSTERN_DELIVERY_PORT: 'smtp',
    POSTERN_MAX_MESSAGE_OCTETS: '10',
    POSTERN_LISTEN_API: 'localhost:3001',
    DATABASE_URL: 'mysql://root:hunter2@db/x',
  });
  expect(told).toHaveLength(4);
  expect(told).toContain('POSTERN_DELIVERY_PORT: given "smtp", expected a whole number from 1 to 65535');
});

test.each([
  ['DATABASE_URL', 'mysql://root:hunter2@db/x'],
  ['REDIS_URL', 'http://:hunter2@cache'],
  ['POSTERN_SECRET', 'hunter2'],
  ['POSTERN_ADMIN_PASSWORD', 'hunter2'],
])('a fault of %s does not show what was given', (name, value) => {
  const [told] = faults({ [name]: value });
  expect(told).toMatch(new RegExp(`^${name}: expected `));
  expect(told).not.toContain('hunter2');
});

test('an unknown variable of ours is a fault that names the nearest one', () => {
  expect(faults({ POSTERN_HOST_NAME: 'a.example' })).toEqual([
    'POSTERN_HOST_NAME: no such variable; did you mean POSTERN_HOSTNAME?',
  ]);
  expect(faults({ POSTERN_FROBNICATE_ALL: '1' })[0]).toBe(
    'POSTERN_FROBNICATE_ALL: no such variable (docs/configuration.md lists all)',
  );
});

test('a variable of another program is none of our business', () => {
  expect(faults({ PATH: '/bin', POSTGRES_DB: 'x', NODE_ENV: 'production' })).toEqual([]);
});

test.each([
  ['off', []],
  ['0.0.0.0:587', [{ address: '0.0.0.0', port: 587 }]],
  ['127.0.0.1:0', [{ address: '127.0.0.1', port: 0 }]],
  [
    '[::1]:2587, 127.0.0.1:2587',
    [
      { address: '::1', port: 2587 },
      { address: '127.0.0.1', port: 2587 },
    ],
  ],
])('listen address %s is understood', (text, addresses) => {
  expect(read({ POSTERN_LISTEN_SUBMISSION: text }).listen.submission).toEqual(addresses);
});

test.each([
  '2587',
  '127.0.0.1',
  '::1:2587',
  '[127.0.0.1]:25',
  '127.0.0.1:65536',
  '127.0.0.1:25,',
  '[fe80::1%eth0]:25',
  '1.2.3:25',
])('listen address %s is a fault', (text) => expect(faults({ POSTERN_LISTEN_SUBMISSION: text })).toHaveLength(1));

test('two services on one address are a fault', () => {
  expect(faults({ POSTERN_LISTEN_API: '127.0.0.1:3000' })).toEqual([
    'POSTERN_LISTEN_CONSOLE: given "127.0.0.1:3000", which POSTERN_LISTEN_API takes already; expected another address or port',
  ]);
});

test('the metrics of a service take the address of no other', () => {
  const given = {
    POSTERN_LISTEN_DELIVERY_METRICS: '127.0.0.1:9101',
    POSTERN_LISTEN_SUBMISSION_METRICS: '127.0.0.1:9101',
  };
  expect(faults(given)).toEqual([
    'POSTERN_LISTEN_DELIVERY_METRICS: given "127.0.0.1:9101", which POSTERN_LISTEN_SUBMISSION_METRICS takes already; expected another address or port',
  ]);
});

test('a data directory whose name is too long for any is a fault, told like the others', () => {
  expect(faults({ POSTERN_DATA_DIR: `/${'x'.repeat(300)}` })).toEqual([
    expect.stringMatching(/^POSTERN_DATA_DIR: given .*expected a directory/),
  ]);
});

test('name servers need no port', () => {
  expect(read({ POSTERN_DNS_SERVERS: '127.0.0.1, [::1]:5353, 2001:db8::1' }).dns.servers).toEqual([
    { address: '127.0.0.1', port: 53 },
    { address: '::1', port: 5353 },
    { address: '2001:db8::1', port: 53 },
  ]);
});

test('networks are CIDRs, an address alone stands for itself', () => {
  expect(read({ POSTERN_ALLOW_SPECIAL_ADDRESSES: '127.0.0.0/8, ::1' }).allowSpecialAddresses).toEqual([
    '127.0.0.0/8',
    '::1/128',
  ]);
  expect(faults({ POSTERN_ALLOW_SPECIAL_ADDRESSES: '10.0.0.0/33' })).toHaveLength(1);
  expect(faults({ POSTERN_ALLOW_SPECIAL_ADDRESSES: 'localhost' })).toHaveLength(1);
});

test('processes are services in their own order, each once', () => {
  expect(read({ POSTERN_PROCESSES: 'delivery,submission' }).processes).toEqual(['submission', 'delivery']);
  expect(faults({ POSTERN_PROCESSES: 'submission,submission' })).toHaveLength(1);
  expect(faults({ POSTERN_PROCESSES: 'smtpd' })).toHaveLength(1);
});

test('a certificate without its key is a fault, and a file that is not there too', () => {
  const directory = mkdtempSync(join(tmpdir(), 'postern-configuration-'));
  const certFile = join(directory, 'cert.pem');
  writeFileSync(certFile, 'x');
  expect(faults({ POSTERN_TLS_CERT: certFile })).toEqual([
    'POSTERN_TLS_KEY: expected together with POSTERN_TLS_CERT, which is set',
  ]);
  expect(faults({ POSTERN_TLS_CERT: join(directory, 'none.pem') })[0]).toContain('cannot be read');
  expect(read({ POSTERN_TLS_CERT: certFile, POSTERN_TLS_KEY: certFile }).tls).toEqual({
    certFile,
    keyFile: certFile,
    more: [],
  });
});

test('several certificates are given with as many keys', () => {
  const directory = mkdtempSync(join(tmpdir(), 'postern-configuration-'));
  const [one, two] = ['one.pem', 'two.pem'].map((name) => join(directory, name));
  if (!one || !two) throw new Error('no names');
  for (const file of [one, two]) writeFileSync(file, 'x');
  expect(read({ POSTERN_TLS_CERT: `${one}, ${two}`, POSTERN_TLS_KEY: `${two},${one}` }).tls).toEqual({
    certFile: one,
    keyFile: two,
    more: [{ certFile: two, keyFile: one }],
  });
  expect(faults({ POSTERN_TLS_CERT: `${one},${two}`, POSTERN_TLS_KEY: one })).toEqual([
    'POSTERN_TLS_KEY: expected 2 files, one for each of POSTERN_TLS_CERT; given 1',
  ]);
  expect(faults({ POSTERN_TLS_CERT: `${one},`, POSTERN_TLS_KEY: one })).toHaveLength(1);
});

test('an OpenID provider is an issuer and an audience, over https', () => {
  const POSTERN_TOKEN_AUDIENCE = 'postern';
  const issuer = 'https://login.example.org/realms/mail';
  expect(read({ POSTERN_TOKEN_ISSUER: issuer, POSTERN_TOKEN_AUDIENCE }).tokens).toEqual({
    issuer,
    audience: 'postern',
    claim: 'sub',
  });
  expect(faults({ POSTERN_TOKEN_ISSUER: issuer })).toEqual([
    'POSTERN_TOKEN_AUDIENCE: expected together with POSTERN_TOKEN_ISSUER, which is set',
  ]);
  for (const wrong of [
    'http://login.example.org',
    'https://a:b@login.example.org',
    'https://login.example.org/?x',
    'login',
  ])
    expect(faults({ POSTERN_TOKEN_ISSUER: wrong, POSTERN_TOKEN_AUDIENCE })).toHaveLength(1);
  expect(faults({ POSTERN_TOKEN_ISSUER: 'http://127.0.0.1:9000', POSTERN_TOKEN_AUDIENCE })).toEqual([]);
});

test("a host's name that is no domain is not used", () => {
  expect(read({}, { ...surroundings, hostName: 'my_machine' }).hostname).toBe('localhost');
});

function read(environment: Record<string, string>, at = surroundings): Configuration {
  const reading = readConfiguration(environment, at);
  if ('faults' in reading) throw new Error(reading.faults.join('\n'));
  return reading.ok;
}

function faults(environment: Record<string, string>): readonly string[] {
  const reading = readConfiguration(environment, surroundings);
  return 'faults' in reading ? reading.faults : [];
}
