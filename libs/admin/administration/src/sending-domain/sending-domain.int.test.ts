import { generateKeyPairSync } from 'node:crypto';
import { formatKeyRecord } from '@postern/dkim';
import type { Resolver } from '@postern/dns';
import { keepDomains } from '@postern/sending-domain';
import { expect } from 'vitest';
import { test, type Scenario } from '../testing/scenario.ts';
import { addDomain } from './add-domain.ts';
import { checkDomain } from './check-domain.ts';
import { exportDomainKey } from './export-key.ts';
import { importDomainKey } from './import-key.ts';
import { listDomains } from './list-domains.ts';
import { removeDomain } from './remove-domain.ts';
import { rotateDomainKey } from './rotate-key.ts';
import { showDomain } from './show-domain.ts';
import { updateDomain } from './update-domain.ts';

const params = { domain: 'Example.ORG' };

test('a domain that is added has two keys that sign, and says what to publish', async ({ scenario }) => {
  const domain = await added(scenario);
  expect(domain).toMatchObject({ name: 'example.org', subDomains: false });
  expect(domain.keys.map(({ algorithm, state, bits }) => [algorithm, state, bits])).toEqual([
    ['rsa-sha256', 'active', 2048],
    ['ed25519-sha256', 'active', 256],
  ]);
  const [signing] = await scenario.store.signing.signingDomains(['example.org', 'org']);
  expect(signing?.keys.map(({ selector }) => selector).sort()).toEqual(
    domain.keys.map(({ selector }) => selector).sort(),
  );
  expect(domain.records.map(({ purpose }) => purpose)).toEqual([
    ...domain.keys.map(({ selector }) => `DKIM ${selector}`),
    'SPF',
    'DMARC',
  ]);
  expect(await scenario.audit()).toMatchObject([{ action: 'domain.add', subjectName: 'example.org' }]);
});

test('a private key is stored sealed and answered by no verb of the API', async ({ scenario }) => {
  await added(scenario);
  const { rows } = await scenario.store.pool.query<{ private_key: Buffer }>('select private_key from dkim_keys');
  expect(rows).toHaveLength(2);
  for (const { private_key } of rows) expect(private_key.toString('latin1')).not.toContain('PRIVATE KEY');
  const { context } = scenario;
  const answers = [
    await showDomain(context, { params }),
    await listDomains(context, { query: {} }),
    await scenario.audit(),
  ];
  expect(JSON.stringify(answers)).not.toMatch(/PRIVATE KEY|sealed/i);
});

test.for([
  ['body.name', { name: 'org' }],
  ['body.name', { name: 'a b.example' }],
  ['body.delegatedTo', { delegatedTo: 'x..y' }],
  ['body.signedFields.0', { signedFields: ['Received'] }],
  ['body.signedFields.0', { signedFields: ['a:b'] }],
  // It would end the h= tag of every signature, and begin another tag.
  ['body.signedFields.0', { signedFields: ['x;d=bank.example'] }],
] as const)('a domain with a wrong %s is refused', async ([field, change], { scenario: { context } }) => {
  const body = {
    name: 'example.org',
    ...change,
    signedFields: 'signedFields' in change ? [...change.signedFields] : [],
  };
  expect(await addDomain(context, { body })).toMatchObject({
    refused: { code: 'invalid-request', errors: [{ field }] },
  });
});

test('a domain is added once, and removed with its keys', async ({ scenario }) => {
  await added(scenario);
  expect(await addDomain(scenario.context, { body: { name: 'EXAMPLE.org.' } })).toMatchObject({
    refused: { code: 'conflict' },
  });
  expect(await removeDomain(scenario.context, { params })).toEqual({ ok: undefined });
  expect(await showDomain(scenario.context, { params })).toMatchObject({ refused: { code: 'not-found' } });
  expect(await scenario.store.signing.signingDomains(['example.org'])).toEqual([]);
});

test('a rotation makes keys that wait, and is not begun twice', async ({ scenario }) => {
  const before = await added(scenario);
  const rotated = await rotateDomainKey(scenario.context, { params, body: {} });
  const keys = 'ok' in rotated ? rotated.ok.keys : [];
  expect(keys.map(({ state }) => state)).toEqual(['active', 'active', 'pending', 'pending']);
  expect(new Set(keys.map(({ selector }) => selector)).size).toBe(4);
  const [signing] = await scenario.store.signing.signingDomains(['example.org']);
  expect(signing?.keys.map(({ selector }) => selector).sort()).toEqual(
    before.keys.map(({ selector }) => selector).sort(),
  );
  expect(await rotateDomainKey(scenario.context, { params, body: {} })).toMatchObject({
    refused: { code: 'conflict' },
  });
});

test('a key that has leaked is replaced at once', async ({ scenario }) => {
  await added(scenario);
  const rotated = await rotateDomainKey(scenario.context, { params, body: { sign: 'now' } });
  expect('ok' in rotated && rotated.ok.keys.map(({ state }) => state)).toEqual([
    'retired',
    'retired',
    'active',
    'active',
  ]);
});

test('a key comes from another signer under its selector, and goes to another as it came', async ({ scenario }) => {
  await added(scenario);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const body = { selector: 'Mail2024', privateKey: String(privateKey.export({ type: 'pkcs1', format: 'pem' })) };
  const imported = await importDomainKey(scenario.context, { params, body });
  expect('ok' in imported && imported.ok.keys.map(({ selector, state }) => [selector, state])).toContainEqual([
    'mail2024',
    'active',
  ]);
  const [signing] = await scenario.store.signing.signingDomains(['example.org']);
  expect(signing?.keys).toHaveLength(2);
  expect(await exportDomainKey(scenario.context, { domain: 'example.org', selector: 'mail2024' })).toMatchObject({
    ok: { privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) },
  });
  expect((await scenario.audit()).map(({ action }) => action)).toEqual([
    'domain.add',
    'domain.import-key',
    'domain.export-key',
  ]);
  expect(await importDomainKey(scenario.context, { params, body })).toMatchObject({ refused: { code: 'conflict' } });
});

test('what is no key of DKIM is refused, without being quoted', async ({ scenario }) => {
  await added(scenario);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  for (const pem of ['nonsense', String(privateKey.export({ type: 'pkcs8', format: 'pem' }))]) {
    const refused = await importDomainKey(scenario.context, { params, body: { selector: 'x', privateKey: pem } });
    expect(refused).toMatchObject({ refused: { code: 'invalid-request', errors: [{ field: 'body.privateKey' }] } });
    expect(JSON.stringify(refused)).not.toContain(pem.slice(0, 40));
  }
});

test('an auditor reads domains, and changes and takes away nothing', async ({ scenario }) => {
  await added(scenario);
  const { asAuditor } = scenario;
  expect(await showDomain(asAuditor, { params })).toHaveProperty('ok');
  const refused = { refused: { code: 'forbidden' } };
  expect(await addDomain(asAuditor, { body: { name: 'example.net' } })).toMatchObject(refused);
  expect(await rotateDomainKey(asAuditor, { params, body: {} })).toMatchObject(refused);
  expect(await removeDomain(asAuditor, { params })).toMatchObject(refused);
  expect(await exportDomainKey(asAuditor, { domain: 'example.org', selector: 'x' })).toMatchObject(refused);
});

test('a check is kept with the domain; mail of the last days is in it', async ({ scenario }) => {
  const { id } = await added(scenario);
  const domain = (await scenario.store.admin.findDomain({ id })) ?? expect.unreachable();
  await scenario.accept(['b@example.com'], {
    traceFields: Buffer.from('DKIM-Signature: v=1; bh=d=;\r\n d=example.org;\r\nReceived: x\r\n'),
  });
  await scenario.accept(['b@example.com'], { headerFrom: 'b@else.example' });
  expect(await scenario.store.admin.sentAs(domain)).toEqual([
    { author: 'example.org', reversePathDomain: 'example.org', signer: 'example.org', signedPath: false, messages: 1 },
  ]);
  const checked = await checkDomain(scenario.context, { params });
  expect(checked).toMatchObject({ ok: { status: 'unknown' } });
  const shown = await showDomain(scenario.context, { params });
  expect('ok' in shown && shown.ok.check).toEqual('ok' in checked && checked.ok);
});

test('what fails in a check is an event, until it does not fail any more', async ({ scenario }) => {
  const { id } = await added(scenario);
  const { domains, pool } = scenario.store;
  const line = { id: 'spf', about: 'SPF', found: 'none', effect: 'x', remedy: 'y' } as const;
  const keep = async (status: 'fail' | 'pass' | 'unknown') => {
    const domain = (await scenario.store.admin.findDomain({ id })) ?? expect.unreachable();
    await domains.keepCheck(domain, { checkedAt: new Date(), status, lines: [{ ...line, status }] });
    const { rows } = await pool.query(
      'select times, text, resolved_at is not null as resolved from events order by id',
    );
    return rows;
  };
  expect(await keep('pass')).toEqual([]);
  expect(await keep('fail')).toEqual([{ times: 1, text: 'SPF: none', resolved: false }]);
  expect(await keep('fail')).toMatchObject([{ times: 1, resolved: false }]);
  expect(await keep('unknown')).toMatchObject([{ times: 1, resolved: false }]);
  expect(await keep('pass')).toMatchObject([{ resolved: true }]);
});

test('a check that an operator asked for tells as much as one by the clock', async ({ scenario }) => {
  await added(scenario);
  const none = (name: string) =>
    Promise.resolve({ kind: 'nodata', authentic: false, ttlSeconds: 60, canonicalName: name } as const);
  const resolver = { txt: none, mx: none, addresses: none, ptr: none, tlsa: none, cname: none };
  expect(await checkDomain({ ...scenario.context, resolver }, { params })).toMatchObject({ ok: { status: 'fail' } });
  const { rows } = await scenario.store.pool.query("select subject_name from events where kind = 'domain.check'");
  expect(rows).toEqual([{ subject_name: 'example.org' }]);
});

test('a delegated domain whose three selectors were all used is rotated by the clock as before', async ({
  scenario,
}) => {
  const outcome = await addDomain(scenario.context, {
    body: { name: 'example.org', delegatedTo: 'dkim.example.net', rotateDays: 1, retainSeconds: 0, settleSeconds: 0 },
  });
  const { id } = 'ok' in outcome ? outcome.ok : expect.unreachable(outcome.refused.detail);
  const { store, context } = scenario;
  let domain = (await store.admin.findDomain({ id })) ?? expect.unreachable();
  const resolver: Resolver = {
    ...context.resolver,
    txt(name) {
      const key = domain.keys.find(({ selector }) => name.startsWith(`${selector}.`));
      const about = { authentic: false, ttlSeconds: 60, canonicalName: name };
      return Promise.resolve(
        key ? { kind: 'found', records: [formatKeyRecord(key)], ...about } : { kind: 'nxdomain', ...about },
      );
    },
  };
  let now = Date.now();
  const clock = { now: () => new Date(now), monotonicMs: () => now };
  const log = { info: () => undefined, warn: () => undefined };
  const { sources, fetchPolicy, keys } = context;
  const signed = new Set<string>();
  for (let step = 0; step < 16; step++) {
    await keepDomains({ store: store.domains, resolver, sources, fetchPolicy, blockLists: [], clock, log, ...keys });
    domain = (await store.admin.findDomain({ id })) ?? expect.unreachable();
    for (const { state, publicKey } of domain.keys) if (state === 'active') signed.add(publicKey);
    expect(domain.keys.filter(({ state }) => state === 'active')).toHaveLength(2);
    now += 86_400_000;
  }
  expect(signed.size).toBeGreaterThan(8);
});

test('settings of a domain change, and its keys stay', async ({ scenario }) => {
  const before = await added(scenario);
  const body = { rotateDays: 90, signedFields: ['X-Campaign'], subDomains: true };
  const changed = await updateDomain(scenario.context, { params, body });
  expect(changed).toMatchObject({
    ok: { rotateDays: 90, signedFields: ['x-campaign'], subDomains: true, settleSeconds: before.settleSeconds },
  });
  expect('ok' in changed && changed.ok.keys).toEqual(
    before.keys.map((key) => ({ ...key, next: expect.stringContaining('a new key is made from') })),
  );
  expect(await updateDomain(scenario.context, { params, body: { rotateDays: null } })).toMatchObject({
    ok: { rotateDays: null, subDomains: true },
  });
  expect((await scenario.audit()).map(({ action }) => action)).toEqual([
    'domain.add',
    'domain.update',
    'domain.update',
  ]);
  expect(await updateDomain(scenario.context, { params, body: { signedFields: ['Received'] } })).toMatchObject({
    refused: { code: 'invalid-request' },
  });
  expect(await updateDomain(scenario.asAuditor, { params, body })).toMatchObject({ refused: { code: 'forbidden' } });
});

async function added({ context }: Scenario) {
  const outcome = await addDomain(context, { body: { name: 'Example.org' } });
  return 'ok' in outcome ? outcome.ok : expect.unreachable(outcome.refused.detail);
}
