import { type MailHost, policyFile, type PolicyHost } from '@postern/lab';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CERTIFICATES } from './testing/sts-certificates.ts';
import {
  labHost,
  labPolicyHost,
  POLICY_ADDRESS,
  type TlsInternet,
  tlsInternet,
  type TlsScenario,
  tlsScenario,
} from './testing/tls-scenario.ts';

const policy = (mode: string, mx: string, maxAge = 86_400): string =>
  `version: STSv1\nmode: ${mode}\nmx: ${mx}\nmax_age: ${maxAge}\n`;

let internet: TlsInternet;
let hosts: Readonly<Record<string, MailHost>>;
let web: PolicyHost;
let scenario: TlsScenario;
const ends: (() => Promise<void>)[] = [];

const zone = (names: readonly string[], txt = 'v=STSv1; id=1;'): string =>
  names
    .map(
      (name, index) => `
        ${name}.sts.example. MX 10 mx.${name}.sts.example.
        mx.${name}.sts.example. A 127.0.9.${index + 1}
        _mta-sts.${name}.sts.example. TXT "${txt}"
        mta-sts.${name}.sts.example. A ${POLICY_ADDRESS}`,
    )
    .join('\n');
const NAMES = Object.keys(CERTIFICATES);
const MORE = `
  two.sts.example. MX 10 mx.self.sts.example.
  two.sts.example. MX 20 mx.good.sts.example.
  _mta-sts.two.sts.example. TXT "v=STSv1; id=1;"
  mta-sts.two.sts.example. A ${POLICY_ADDRESS}
  none.sts.example. MX 10 mx.self.sts.example.`;

beforeAll(async () => {
  internet = await tlsInternet(() =>
    Promise.resolve({ 'sts.example': { security: 'unsigned', records: zone(NAMES) + MORE } } as const),
  );
  const started = NAMES.map(async (name, index) => {
    const leaf = await CERTIFICATES[name]?.([`mx.${name}.sts.example`], internet);
    return [name, await labHost(internet, `127.0.9.${index + 1}`, leaf)] as const;
  });
  hosts = Object.fromEntries(await Promise.all(started));
  web = await labPolicyHost(internet.ca, [
    '*.good.sts.example',
    ...[...NAMES, 'two'].map((name) => `mta-sts.${name}.sts.example`),
  ]);
  scenario = await tlsScenario(internet, {
    policyPort: web.port,
    policyDeadlineMs: 1_000,
    cleanUp: (work) => void ends.push(work),
  });
}, 60_000);
afterAll(async () => {
  for (const end of ends) await end();
  await Promise.all(Object.values(hosts ?? {}).map((host) => host.close()));
  await web?.close();
  await internet?.[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await internet.dns.update('sts.example', zone(NAMES) + MORE);
  await scenario.world.sql('truncate sts_policies, tls_rules');
  scenario.forget();
});

/** What was fetched or tried counts as an hour older. */
async function anHourLater(): Promise<void> {
  await scenario.world.sql(`update sts_policies set tried_at = tried_at - interval '1 hour'`);
}

/** Adds a rule for all domains of the lab. */
async function rule(given: { readonly channel: string; readonly until: string; readonly expired?: true }) {
  await scenario.world.sql(
    `insert into tls_rules (id, scope_kind, scope, channel, until, expired, reason, created_by)
     values (gen_random_uuid(), 'domain', '*.sts.example', $1, ${given.until}, $2, 'contract 7', 'test')`,
    [given.channel, given.expired ?? false],
  );
}

test('mail under an enforced policy goes to a host that it names and whose certificate has its name', async () => {
  web.answer(policyFile(policy('enforce', '*.good.sts.example')));
  expect(await scenario.deliver('good.sts.example')).toMatchObject({
    state: 'delivered',
    policy: 'verified: the MTA-STS policy 1 of good.sts.example',
    channel: { applied: 'mta-sts', verdict: 'pass', found: { mtaSts: expect.stringContaining('enforce') } },
  });
});

test.each([
  ['self', 'certificate-not-trusted'],
  ['old', 'certificate-expired'],
  ['other', 'certificate-host-mismatch'],
  ['clear', 'starttls-not-supported'],
])('under an enforced policy a host that is %s gets nothing, and mail waits: %s', async (name, resultType) => {
  web.answer(policyFile(policy('enforce', `mx.${name}.sts.example`)));
  const before = hosts[name]?.count;
  expect(await scenario.deliver(`${name}.sts.example`)).toMatchObject({
    state: 'deferred',
    reply: expect.stringMatching(/^451 4\.7\.5 .*MTA-STS policy 1 of/),
    channel: { applied: 'mta-sts', verdict: 'fail', resultType },
  });
  expect(hosts[name]?.count).toBe(before);
  // The same faults under a policy for testing: delivered, and the fault is told.
  await internet.dns.update('sts.example', zone(NAMES, 'v=STSv1; id=2;'));
  web.answer(policyFile(policy('testing', 'mx.nobody.example')));
  await scenario.policies.stsPolicies.look(`${name}.sts.example`);
  expect(await scenario.deliver(`${name}.sts.example`)).toMatchObject({
    state: 'delivered',
    channel: { applied: 'none', resultType },
  });
});

test('a certificate that has a name of the policy and not the name of the host is none', async () => {
  web.answer(policyFile(policy('enforce', 'mx.other.sts.example\nmx: mx.elsewhere.example')));
  expect(await scenario.deliver('other.sts.example')).toMatchObject({
    state: 'deferred',
    channel: { resultType: 'certificate-host-mismatch' },
  });
});

test('a host that the policy does not name is passed over for one that it names', async () => {
  web.answer(policyFile(policy('enforce', 'mx.good.sts.example')));
  const about = { hosts: 'mx.self.sts.example|mx.good.sts.example' };
  expect(await scenario.deliver('two.sts.example', about)).toMatchObject({
    state: 'delivered',
    host: 'mx.good.sts.example',
  });
});

test('a policy that names no host of the domain is fetched anew, and mail goes by the new one', async () => {
  web.answer(policyFile(policy('enforce', 'mx.old-name.example')));
  expect(await scenario.deliver('good.sts.example')).toMatchObject({
    state: 'deferred',
    reply: expect.stringContaining('does not name mx.good.sts.example'),
  });
  web.answer(policyFile(policy('enforce', 'mx.good.sts.example')));
  await anHourLater();
  scenario.policies.notMet('good.sts.example');
  await expect.poll(async () => (await scenario.deliver('good.sts.example')).state).toBe('delivered');
});

test('a policy counts until its time is over: without its record, without its host, after a restart', async () => {
  web.answer(policyFile(policy('enforce', 'mx.self.sts.example')));
  expect(await scenario.deliver('self.sts.example')).toMatchObject({ state: 'deferred' });
  await internet.dns.update('sts.example', zone(NAMES).replaceAll(/_mta-sts.*\n/g, '') + MORE);
  web.answer((_, response) => response.writeHead(404).end());
  expect(await scenario.policies.stsPolicies.look('self.sts.example')).toMatchObject({ kind: 'policy', id: '1' });
  scenario.forget();
  expect(await scenario.policies.stsPolicies.look('self.sts.example')).toMatchObject({ kind: 'policy', id: '1' });
  expect(await scenario.deliver('self.sts.example')).toMatchObject({ state: 'deferred' });
  await scenario.world.sql(`update sts_policies set expires_at = now()`);
  expect(await scenario.policies.stsPolicies.look('self.sts.example')).toMatchObject({ kind: 'none' });
});

test('a policy that cannot be fetched is none, and what is kept stays when the next cannot be fetched', async () => {
  web.answer((_, response) => response.writeHead(301, { location: 'https://mta-sts.good.sts.example/' }).end());
  expect(await scenario.deliver('self.sts.example')).toMatchObject({
    state: 'delivered',
    channel: { found: { mtaSts: expect.stringContaining('sts-policy-fetch-error') } },
  });
  await anHourLater();
  web.answer(policyFile(policy('enforce', 'mx.self.sts.example')));
  expect(await scenario.policies.stsPolicies.look('self.sts.example')).toMatchObject({ kind: 'policy' });
  await internet.dns.update('sts.example', zone(NAMES, 'v=STSv1; id=2;'));
  web.answer(policyFile('no policy at all'));
  await expect
    .poll(() => scenario.policies.stsPolicies.look('self.sts.example'))
    .toMatchObject({ kind: 'policy', id: '1', failure: { resultType: 'sts-policy-invalid' } });
  expect(await scenario.deliver('self.sts.example')).toMatchObject({ state: 'deferred' });
});

test('a policy host that takes its time delays the mail of its domain, and no other', async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  web.answer((request, response) => void held.then(() => policyFile(policy('none', 'x.example'))(request, response)));
  const before = web.asked.length;
  const slow = scenario.deliver('self.sts.example');
  await expect.poll(() => web.asked.length).toBe(before + 1);
  expect(await scenario.deliver('none.sts.example', { hosts: 'mx.self.sts.example' })).toMatchObject({
    state: 'delivered',
  });
  release();
  expect(await slow).toMatchObject({ state: 'delivered', policy: 'opportunistic' });
});

test.each([
  ['two records', 'v=STSv1; id=1;"\n_mta-sts.self.sts.example. TXT "v=STSv1; id=2;'],
  ['garbage', '\u0001;;=;'],
  ['64 KiB', `v=STSv1; id=1; x=${'y'.repeat(60_000)}`],
])('%s at _mta-sts are no policy, and delay nothing', async (_, txt) => {
  await internet.dns.update('sts.example', zone(['self'], txt).replace('127.0.9.1', '127.0.9.2'));
  expect(await scenario.deliver('self.sts.example')).toMatchObject({ state: 'delivered', policy: 'opportunistic' });
});

test('REQUIRETLS goes only where the way is authentic, the certificate proved, and the host promises the same', async () => {
  web.answer(policyFile(policy('enforce', 'mx.good.sts.example')));
  expect(await scenario.deliver('none.sts.example', { requireTls: true, hosts: 'mx.self.sts.example' })).toMatchObject({
    state: 'deferred',
    reply: expect.stringContaining('REQUIRETLS'),
  });
  expect(await scenario.deliver('good.sts.example', { requireTls: true })).toMatchObject({
    state: 'bounced',
    reply: expect.stringMatching(/^550 5\.7\.30 .*REQUIRETLS/),
  });
});

test('TLS-Required: No goes past the policy', async () => {
  web.answer(policyFile(policy('enforce', 'mx.nobody.example')));
  expect(await scenario.deliver('self.sts.example', { requireTls: false })).toMatchObject({
    state: 'delivered',
    channel: { found: { sender: 'TLS-Required: No' } },
  });
});

test('a local rule demands more than the destination does, until its day', async () => {
  await rule({ channel: 'verified', until: `now() - interval '1 second'` });
  expect(await scenario.deliver('none.sts.example', { hosts: 'mx.self.sts.example' })).toMatchObject({
    state: 'delivered',
  });
  await rule({ channel: 'verified', until: 'null' });
  scenario.forget();
  expect(await scenario.deliver('none.sts.example', { hosts: 'mx.self.sts.example' })).toMatchObject({
    state: 'deferred',
    reply: expect.stringContaining('the local rule for domain *.sts.example (contract 7)'),
  });
});

test('a local rule lets an expired certificate do, and no other fault', async () => {
  web.answer(policyFile(policy('enforce', 'mx.old.sts.example\nmx: mx.self.sts.example')));
  await rule({ channel: 'none', until: `now() + interval '1 day'`, expired: true });
  expect(await scenario.deliver('old.sts.example')).toMatchObject({
    state: 'delivered',
    channel: { verdict: 'pass', resultType: 'certificate-expired' },
  });
  expect(await scenario.deliver('self.sts.example')).toMatchObject({ state: 'deferred' });
});
