import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Leaf, type MailHost, runChild, selfSigned, temporaryDirectory } from '@postern/lab';
import { createResolver } from '@postern/dns-resolver';
import { SessionResults } from '@postern/tls-reporting';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { labHost, type TlsInternet, tlsInternet, type TlsScenario, tlsScenario } from './testing/tls-scenario.ts';

const PAST = { notBefore: new Date(Date.now() - 9e8), notAfter: new Date(Date.now() - 1e8) };
const digest = (octets: Buffer, algorithm = 'sha256'): string => createHash(algorithm).update(octets).digest('hex');
const ee = ({ publicKeyDer }: Leaf): string => `3 1 1 ${digest(publicKeyDer)}`;
/** Where posttls-finger finds the resolver. */
const RESOLVER = '127.0.8.53';
const zeros = '00'.repeat(32);

interface Case {
  readonly says: string;
  /** The name under signed.example; its mail host is mx.<name>.signed.example. */
  readonly name: string;
  readonly certificate: Leaf | undefined;
  readonly tlsa: readonly string[];
  readonly end: RegExp | 'delivered';
  readonly applied?: string;
  readonly resultType?: string;
  /** More records, or others than the usual ones. */
  readonly records?: string;
}

let internet: TlsInternet;
let cases: readonly Case[];
let scenario: TlsScenario;
const hosts = new Map<string, MailHost>();
const ends: (() => Promise<void>)[] = [];

const LIST = [
  '3 1 1 of a certificate that signs itself, of no name and expired',
  '3 0 2 of a good certificate',
  '3 1 1 of another key',
  '2 1 1 of the authority, with the authority presented',
  '2 1 1 of the authority, which is not presented',
  '2 0 1 of an authority that is presented and has signed nothing',
  '2 1 1 and a certificate of another name',
  '2 1 1 and a certificate of the domain',
  '2 1 1 and an expired certificate',
  'usages 0 and 1, and a certificate that proves nothing',
  'usages 0 and 1, and no TLS',
  'a usable record, and no TLS',
  'a rollover: the record of the next key beside that of this one',
  'RDATA of 19 octets, and a certificate that proves nothing',
  'RDATA of 19 octets beside a record that matches',
  'records below an alias of the host',
  'records of the host itself, whose alias leads to a host without',
] as const;

beforeAll(async () => {
  internet = await tlsInternet(async ({ ca, port }) => {
    const of = (name: string) => `mx.${name}.signed.example`;
    const withRoot = async (leaf: Leaf): Promise<Leaf> => ({ ...leaf, chain: leaf.chain + leaf.root });
    const [own, bad] = [await selfSigned(['nobody.example'], PAST), await selfSigned(['nobody.example'])];
    const good = async (name: string) => ca.issue([of(name)]);
    const ta = `2 1 1 ${digest(ca.publicKeyDer)}`;
    const c2 = await good('c2');
    const c13 = await good('c13');
    const c16 = await ca.issue(['real.signed.example']);
    const c17 = await ca.issue(['mx.c17.signed.example']);
    const make = (index: number, rest: Omit<Case, 'says' | 'name'>): Case => ({
      says: LIST[index - 1] ?? '',
      name: `c${index}`,
      ...rest,
    });
    cases = [
      make(1, { certificate: own, tlsa: [ee(own)], end: 'delivered', applied: 'dane' }),
      make(2, { certificate: c2, tlsa: [`3 0 2 ${digest(c2.der, 'sha512')}`], end: 'delivered', applied: 'dane' }),
      make(3, {
        certificate: await good('c3'),
        tlsa: [`3 1 1 ${zeros}`],
        end: /4\.7\.5.*TLSA records of mx\.c3/,
        resultType: 'validation-failure',
      }),
      make(4, { certificate: await withRoot(await good('c4')), tlsa: [ta], end: 'delivered', applied: 'dane' }),
      make(5, { certificate: await good('c5'), tlsa: [ta], end: /4\.7\.5/, resultType: 'validation-failure' }),
      make(6, {
        certificate: { ...own, chain: own.chain + ca.certificate },
        tlsa: [`2 0 1 ${digest(ca.der)}`],
        end: /4\.7\.5/,
        resultType: 'validation-failure',
      }),
      make(7, {
        certificate: await withRoot(await ca.issue(['other.example'])),
        tlsa: [ta],
        end: /4\.7\.5/,
        resultType: 'certificate-host-mismatch',
      }),
      make(8, {
        certificate: await withRoot(await ca.issue(['c8.signed.example'])),
        tlsa: [ta],
        end: 'delivered',
        applied: 'dane',
      }),
      make(9, {
        certificate: await withRoot(await ca.issue([of('c9')], PAST)),
        tlsa: [ta],
        end: /4\.7\.5/,
        resultType: 'certificate-expired',
      }),
      make(10, { certificate: bad, tlsa: [`0 1 1 ${zeros}`, `1 1 1 ${zeros}`], end: 'delivered', applied: 'dane' }),
      make(11, {
        certificate: undefined,
        tlsa: [`0 1 1 ${zeros}`, `1 1 1 ${zeros}`],
        end: /4\.7\.5/,
        resultType: 'starttls-not-supported',
      }),
      make(12, {
        certificate: undefined,
        tlsa: [`3 1 1 ${zeros}`],
        end: /4\.7\.5/,
        resultType: 'starttls-not-supported',
      }),
      make(13, { certificate: c13, tlsa: [`3 1 1 ${zeros}`, ee(c13)], end: 'delivered', applied: 'dane' }),
      make(14, {
        certificate: bad,
        tlsa: [],
        records: raw('c14', [`030101${'ab'.repeat(16)}`]),
        end: 'delivered',
        applied: 'dane',
      }),
      make(15, {
        certificate: bad,
        tlsa: [ee(bad)],
        records: raw('c15', [`030101${'ab'.repeat(16)}`]),
        end: 'delivered',
        applied: 'dane',
      }),
      make(16, {
        certificate: c16,
        tlsa: [],
        records: `mx.c16.signed.example. CNAME real.signed.example.\nreal.signed.example. A ADDRESS\n_25._tcp.real.signed.example. TLSA ${ee(c16)}`,
        end: 'delivered',
        applied: 'dane',
      }),
      make(17, {
        certificate: c17,
        tlsa: [ee(c17)],
        records: 'mx.c17.signed.example. CNAME mx17.plain.example.',
        end: 'delivered',
        applied: 'dane',
      }),
    ];
    const records = cases.map(({ name, tlsa, records: more = '' }, index) => {
      const address = `127.0.8.${index + 1}`;
      const isAlias = more.includes(`${of(name)}. CNAME`);
      return (
        [
          `${name}.signed.example. MX 10 ${of(name)}.`,
          ...(isAlias ? [] : [`${of(name)}. A ${address}`]),
          ...tlsa.map((each) => `_25._tcp.${of(name)}. TLSA ${each}`),
          more.replace('ADDRESS', address),
        ]
          .join('\n')
          // posttls-finger looks under the port that it dials.
          .replaceAll(/^_25\._tcp(.*)$/gm, `$&\n_${port}._tcp$1`)
      );
    });
    const common = (zone: string) => `
      ${zone}. MX 10 mx.${zone}.
      mx.${zone}. A 127.0.8.100
      _25._tcp.mx.${zone}. TLSA 3 1 1 ${zeros}`;
    return {
      'signed.example': {
        security: 'signed',
        records: `${records.join('\n')}
          away.signed.example. MX 10 mx.plain.example.
          implicit.signed.example. A 127.0.8.102
          _25._tcp.implicit.signed.example. TLSA 3 1 1 ${zeros}
          mixed.signed.example. MX 10 mx.bogus.example.
          mixed.signed.example. MX 20 mx.c2.signed.example.`,
      },
      'plain.example': {
        security: 'unsigned',
        records: `${common('plain.example')}
          mx17.plain.example. A 127.0.8.17
          into.plain.example. MX 10 mx.c3.signed.example.`,
      },
      'bogus.example': { security: 'bogus', records: common('bogus.example') },
    };
  }, RESOLVER);
  const { port } = internet;
  for (const [index, { name, certificate }] of cases.entries())
    hosts.set(name, await labHost({ port }, `127.0.8.${index + 1}`, certificate));
  const wrong = await selfSigned(['nobody.example']);
  for (const [name, address] of [
    ['plain', '127.0.8.100'],
    ['implicit', '127.0.8.102'],
  ] as const)
    hosts.set(name, await labHost({ port }, address, wrong));
  scenario = await tlsScenario(internet, { cleanUp: (work) => void ends.push(work) });
}, 60_000);
afterAll(async () => {
  for (const end of ends) await end();
  await Promise.all([...hosts.values()].map((host) => host.close()));
  await internet?.[Symbol.asyncDispose]();
});

/** TLSA records of any RDATA, in the notation of RFC 3597. */
function raw(name: string, rdata: readonly string[]): string {
  return rdata.map((hex) => `_25._tcp.mx.${name}.signed.example. TYPE52 \\# ${hex.length / 2} ${hex}`).join('\n');
}

test.each(LIST.map((says, index) => [says, index] as const))('DANE, %s', async (_, index) => {
  const { name, end, applied, resultType } = cases[index] ?? expect.unreachable();
  const fate = await scenario.deliver(`${name}.signed.example`);
  if (end === 'delivered') {
    expect(fate).toMatchObject({ state: 'delivered', channel: { applied, verdict: 'pass' } });
    return;
  }
  expect(fate).toMatchObject({ state: 'deferred', reply: expect.stringMatching(end) });
  expect(fate.channel).toMatchObject({ verdict: 'fail', resultType });
  expect(hosts.get(name)?.messages).toEqual([]);
});

test('TLSA records count for nothing where the way to the host is not authentic', async () => {
  const sites = {
    'plain.example': 'mx.plain.example',
    'away.signed.example': 'mx.plain.example',
    'into.plain.example': 'mx.c3.signed.example',
  };
  for (const [domain, hostsKey] of Object.entries(sites))
    expect(await scenario.deliver(domain, { hosts: hostsKey })).toMatchObject({
      state: 'delivered',
      policy: 'opportunistic',
    });
});

test('a domain without MX records has the TLSA records of itself', async () => {
  const hostsKey = { hosts: 'implicit.signed.example' };
  expect(await scenario.deliver('implicit.signed.example', hostsKey)).toMatchObject({
    state: 'deferred',
    channel: { applied: 'dane' },
  });
});

test('a bogus zone defers its mail, and a bogus host leaves it to the next one', async () => {
  expect(await scenario.deliver('bogus.example')).toMatchObject({ state: 'deferred' });
  const hostsKey = { hosts: 'mx.bogus.example|mx.c2.signed.example' };
  expect(await scenario.deliver('mixed.signed.example', hostsKey)).toMatchObject({
    state: 'delivered',
    host: 'mx.c2.signed.example',
  });
});

test('nobody is held to TLSA records when no resolver is believed', async () => {
  await using resolver = createResolver({ servers: [internet.dns], trustAd: 'no' });
  expect(await scenario.deliver('c3.signed.example', { change: { resolver } })).toMatchObject({
    state: 'delivered',
    policy: 'opportunistic',
  });
});

test('an explanation says of each host what it must prove and what it proves, and sends nothing', async () => {
  const before = hosts.get('c2')?.count;
  expect(await scenario.explain('c2.signed.example')).toMatchObject({
    verdict: 'pass',
    mailHosts: { authentic: true },
    hosts: [
      {
        host: 'mx.c2.signed.example',
        dane: { kind: 'usable', records: [expect.stringMatching(/^3 0 2 /)] },
        mustProve: { demand: 'dane', policy: 'dane' },
        proved: { verdict: 'pass', tls: { protocol: 'TLSv1.3' }, certificate: { names: ['mx.c2.signed.example'] } },
      },
    ],
  });
  expect(await scenario.explain('c9.signed.example')).toMatchObject({
    verdict: 'fail',
    hosts: [{ proved: { verdict: 'fail', resultType: 'certificate-expired' } }],
  });
  expect(await scenario.explain('bogus.example')).toMatchObject({ verdict: 'fail', hosts: [] });
  expect(hosts.get('c2')?.count).toBe(before);
});

test('mail that waited for a policy until its time was over comes back with 5.7.5 and the policy by its name', async () => {
  const settings = {
    ...scenario.context.settings,
    schedule: { ...scenario.context.settings.schedule, giveUpAfterMs: 0 },
  };
  expect(await scenario.deliver('c3.signed.example', { change: { settings } })).toMatchObject({
    state: 'expired',
    reply: expect.stringMatching(/^550 5\.7\.5 .*TLSA records of mx\.c3\.signed\.example/),
  });
});

test('what came of TLS is counted for reports, by policy, and not for mail that goes past policies', async () => {
  const results = new SessionResults();
  const change = { results };
  for (const domain of ['c2.signed.example', 'c3.signed.example', 'plain.example'])
    await scenario.deliver(domain, { change });
  await scenario.deliver('c3.signed.example', { change, requireTls: false });
  await results.flush(scenario.world.store.tlsReports);
  const rows = await scenario.world.sql(
    `select domain, policy_type as type, failure->>'resultType' as failure, sessions from tls_results order by domain`,
  );
  expect(rows).toEqual([
    { domain: 'c2.signed.example', type: 'tlsa', failure: null, sessions: 1 },
    { domain: 'c3.signed.example', type: 'tlsa', failure: 'validation-failure', sessions: 1 },
    { domain: 'plain.example', type: 'no-policy-found', failure: null, sessions: 1 },
  ]);
});

/** A program of its own file system can be given another resolv.conf. */
const mayUnshare =
  process.getuid?.() === 0 && spawnSync('unshare', ['-m', 'mount', '--bind', '/etc/hosts', '/etc/hosts']).status === 0;

test.skipIf(!mayUnshare)('posttls-finger of Postfix comes to the same about each case', async () => {
  const folder = await temporaryDirectory();
  const resolvConf = join(folder.path, 'resolv.conf');
  await writeFile(resolvConf, `nameserver ${RESOLVER}\noptions trust-ad edns0\n`);
  const script = 'mount --bind "$1" /etc/resolv.conf && shift && exec posttls-finger "$@"';
  const finger = async (domain: string) => {
    const parameters = ['-m', 'sh', '-c', script, 'sh', resolvConf, '-c', '-l', 'dane', `${domain}:${internet.port}`];
    return (await runChild({ tool: 'unshare', parameters, mayFail: true })).output;
  };
  for (const { name, end, says } of cases) {
    const said = await finger(`${name}.signed.example`);
    const verified = /Verified TLS connection established/.test(said);
    const encrypted = /TLS connection established/.test(said);
    const usable = !/usages 0 and 1|19 octets, and/.test(says);
    expect(verified || (!usable && encrypted), `${says}\n${said}`).toBe(end === 'delivered');
  }
  await folder.remove();
});
