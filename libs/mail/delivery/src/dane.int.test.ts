import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type MailHost, runChild, selfSigned, temporaryDirectory } from '@postern/lab';
import { createResolver } from '@postern/dns-resolver';
import { SessionResults } from '@postern/tls-reporting';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Case, daneCases, LIST } from './testing/dane-cases.ts';
import { labHost, type TlsInternet, tlsInternet, type TlsScenario, tlsScenario } from './testing/tls-scenario.ts';

/** Where posttls-finger finds the resolver. */
const RESOLVER = '127.0.8.53';

let internet: TlsInternet;
let cases: readonly Case[];
let scenario: TlsScenario;
const hosts = new Map<string, MailHost>();
const ends: (() => Promise<void>)[] = [];

beforeAll(async () => {
  internet = await tlsInternet(async (about) => {
    const made = await daneCases(about);
    ({ cases } = made);
    return made.zones;
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
