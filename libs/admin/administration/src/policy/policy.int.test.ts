import { gzipSync } from 'node:zlib';
import type { AttemptFacts, Disposition } from '@postern/queue';
import { expect } from 'vitest';
import { createCredential } from '../credential/create-credential.ts';
import { test } from '../testing/scenario.ts';
import { addTlsRule } from './add-tls-rule.ts';
import { explainPolicy } from './explain-policy.ts';
import { listTlsRules } from './list-tls-rules.ts';
import { removeTlsRule } from './remove-tls-rule.ts';
import { listTlsReportsReceived } from './list-tls-reports-received.ts';
import { listTlsReportsSent } from './list-tls-reports-sent.ts';
import { listTlsResults } from './list-tls-results.ts';
import { simulatePolicy } from './simulate-policy.ts';
import { uploadTlsReport } from './upload-tls-report.ts';

const body = { scope: 'domain', of: '*.Example.com', channel: 'verified', reason: 'contract 7' } as const;
const SUITE = 'TLS_AES_256_GCM_SHA384';
const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString();

test('a rule is kept with its reason, counts for delivery, and goes with its audit', async ({ scenario }) => {
  const { context, store } = scenario;
  const added = await addTlsRule(context, { body: { ...body, minVersion: 'TLSv1.3', ciphers: [SUITE, SUITE] } });
  expect(added).toMatchObject({
    ok: {
      scope: 'domain',
      of: '*.example.com',
      channel: 'verified',
      minVersion: 'TLSv1.3',
      ciphers: [SUITE],
      createdBy: 'owner@example.org',
    },
  });
  expect(await store.tls.listRules()).toMatchObject([
    {
      scope: { kind: 'domain', pattern: '*.example.com' },
      channel: 'verified',
      minVersion: 'TLSv1.3',
      ciphers: [SUITE],
      reason: 'contract 7',
    },
  ]);
  const id = 'ok' in added ? added.ok.id : '';
  expect(await removeTlsRule(context, { params: { id }, body: { reason: 'contract ended' } })).toEqual({
    ok: undefined,
  });
  expect(await store.tls.listRules()).toEqual([]);
  expect(await removeTlsRule(context, { params: { id }, body: {} })).toMatchObject({ refused: { code: 'not-found' } });
  expect((await scenario.audit()).map(({ action, subjectName, reason }) => [action, subjectName, reason])).toEqual([
    ['tls-rule.add', 'domain *.example.com', 'contract 7'],
    ['tls-rule.remove', 'domain *.example.com', 'contract ended'],
  ]);
});

test.for([
  ['body.of', { of: 'example..com' }],
  ['body.channel', { channel: 'none' as const }],
  ['body.until', { channel: 'none' as const, allowExpired: true }],
  ['body.until', { until: '2020-01-01T00:00:00.000Z' }],
] as const)('a rule with a wrong %s is refused', async ([field, change], { scenario: { context } }) => {
  expect(await addTlsRule(context, { body: { ...body, ...change } })).toMatchObject({
    refused: { code: 'invalid-request', errors: [{ field }] },
  });
});

test('a rule for a credential keeps to it, and one for nobody is refused', async ({ scenario: { context, store } }) => {
  const made = await createCredential(context, { body: { name: 'app1', senderRules: ['@example.org'] } });
  expect(await addTlsRule(context, { body: { ...body, scope: 'credential', of: 'app1' } })).toMatchObject({
    ok: { scope: 'credential', of: 'app1' },
  });
  const [rule] = await store.tls.listRules();
  expect(rule?.scope).toEqual({ kind: 'credential', id: 'ok' in made ? made.ok.credential.id : '' });
  for (const scope of ['credential', 'route'] as const)
    expect(await addTlsRule(context, { body: { ...body, scope, of: 'nobody' } })).toMatchObject({
      refused: { code: 'not-found' },
    });
});

test('an expired certificate is allowed until a date, and the rule is over then', async ({ scenario }) => {
  const { context, store } = scenario;
  const until = tomorrow();
  await addTlsRule(context, { body: { ...body, channel: 'none', allowExpired: true, until } });
  expect(await store.tls.listRules()).toMatchObject([{ expired: 'allowed' }]);
  await store.pool.query(`update tls_rules set until = now()`);
  expect(await store.tls.listRules()).toEqual([]);
  expect(await listTlsRules(context, {})).toMatchObject({ ok: { items: [{ allowExpired: true }] } });
});

test('the simulation counts the deliveries of the last days that proved nothing, and no other attempts', async ({
  scenario,
}) => {
  const { context, store } = scenario;
  const channel = (host: string, tls: AttemptFacts['tls']) => ({ host, tls });
  const said = { cipher: 'TLS_AES_256_GCM_SHA384', protocol: 'TLSv1.3', certificate: undefined };
  const proved = channel('mx1.example.com', { ...said, verified: true });
  const expired = { ...said, verified: false, failure: 'certificate-expired: it is old' };
  const deliver = async (to: string, ...attempts: readonly (readonly [Disposition, Partial<AttemptFacts>])[]) => {
    await scenario.accept([to]);
    for (const [disposition, facts] of attempts) {
      await store.pool.query(`update waiting_recipients set due_at = now()`);
      await scenario.attempt(disposition, undefined, facts);
    }
  };
  const delivered: Disposition = { kind: 'delivered' };
  const deferred: Disposition = { kind: 'deferred', dueAt: new Date(), maybeDelivered: false };
  await deliver('a@example.com', [deferred, channel('mx1.example.com', expired)], [delivered, proved]);
  await deliver('b@example.com', [delivered, channel('mx2.example.com', expired)]);
  await deliver('c@example.com', [delivered, channel('mx2.example.com', expired)]);
  await deliver('d@example.com', [delivered, channel('mx3.example.com', undefined)]);
  await deliver('e@example.com', [{ kind: 'bounced' }, channel('mx3.example.com', undefined)]);
  await deliver('f@sub.example.com', [delivered, channel('mx3.example.com', undefined)]);
  const old = new Date(Date.now() - 8 * 86_400_000);
  await deliver('g@example.com', [delivered, { ...channel('mx3.example.com', undefined), startedAt: old }]);
  const body = { domains: ['Example.com', 'quiet.example'] };
  expect(await simulatePolicy(context, { body })).toMatchObject({
    ok: {
      domains: [
        {
          domain: 'example.com',
          deliveries: 4,
          wouldHaveFailed: 3,
          reasons: [
            { host: 'mx2.example.com', why: 'certificate-expired: it is old', deliveries: 2 },
            { host: 'mx3.example.com', why: 'no TLS', deliveries: 1 },
          ],
        },
        { domain: 'quiet.example', deliveries: 0, wouldHaveFailed: 0, reasons: [] },
      ],
    },
  });
  expect(await simulatePolicy(context, { body: { ...body, days: 30 } })).toMatchObject({
    ok: { domains: [{ deliveries: 5, wouldHaveFailed: 4 }, {}] },
  });
});

test('a simulation over more hosts than it shows counts all of them', async ({
  scenario: { accept, attempt, context },
}) => {
  for (let host = 0; host < 60; host += 1) {
    await accept(['a@example.com']);
    await attempt({ kind: 'delivered' }, undefined, { host: `mx${host}.example.com`, tls: undefined });
  }
  const outcome = await simulatePolicy(context, { body: { domains: ['example.com'] } });
  expect(outcome).toMatchObject({ ok: { domains: [{ deliveries: 60, wouldHaveFailed: 60 }] } });
  expect('ok' in outcome && outcome.ok.domains[0]?.reasons).toHaveLength(50);
});

test('an auditor sees and explains, and decides nothing', async ({ scenario: { asAuditor, context } }) => {
  expect(await addTlsRule(asAuditor, { body })).toMatchObject({ refused: { code: 'forbidden' } });
  expect(await removeTlsRule(asAuditor, { params: { id: crypto.randomUUID() }, body: {} })).toMatchObject({
    refused: { code: 'forbidden' },
  });
  expect(await listTlsRules(asAuditor, {})).toMatchObject({ ok: { items: [] } });
  expect(await explainPolicy(context, { params: { domain: 'no domain' } })).toMatchObject({
    refused: { code: 'invalid-request' },
  });
});

const REPORT = {
  'organization-name': 'Receiver',
  'date-range': { 'start-datetime': '2026-11-21T00:00:00Z', 'end-datetime': '2026-11-21T23:59:59Z' },
  'contact-info': 'tls@receiver.example',
  'report-id': 'r1',
  policies: [
    {
      policy: { 'policy-type': 'sts', 'policy-domain': 'Example.org' },
      summary: { 'total-successful-session-count': 5, 'total-failure-session-count': 2 },
    },
  ],
};

test('a report about our domains is taken in once, and shown', async ({ scenario }) => {
  const { context, asAuditor } = scenario;
  const body = { file: gzipSync(JSON.stringify(REPORT)).toString('base64') };
  const counted = { organization: 'Receiver', domains: ['example.org'], successes: 5, failures: 2 };
  expect(await uploadTlsReport(context, { body })).toMatchObject({ ok: counted });
  expect(await uploadTlsReport(context, { body })).toMatchObject({ refused: { code: 'conflict' } });
  expect(await listTlsReportsReceived(asAuditor, {})).toMatchObject({ ok: { items: [counted] } });
  expect(await uploadTlsReport(asAuditor, { body })).toMatchObject({ refused: { code: 'forbidden' } });
  expect(await uploadTlsReport(context, { body: { file: Buffer.from('{}').toString('base64') } })).toMatchObject({
    refused: { code: 'invalid-request', errors: [{ field: 'body.file' }] },
  });
  expect(await scenario.audit()).toMatchObject([{ action: 'tls-report.upload', subjectName: 'r1' }]);
});

test('what came of TLS is listed by day and destination, failures first', async ({ scenario: { context, store } }) => {
  const day = new Date().toISOString().slice(0, 10);
  const common = { day, policyType: 'sts', policyString: [], mxHost: [] } as const;
  const failure = { resultType: 'certificate-expired', host: 'mx.b.example', because: 'old' };
  await store.tlsReports.countSessions([
    { ...common, domain: 'a.example', sessions: 3 },
    { ...common, domain: 'b.example', sessions: 1 },
    { ...common, domain: 'b.example', sessions: 2, failure },
  ]);
  expect(await listTlsResults(context, { query: {} })).toMatchObject({
    ok: {
      items: [
        {
          domain: 'b.example',
          successes: 1,
          failures: 2,
          resultTypes: [{ resultType: 'certificate-expired', sessions: 2 }],
        },
        { domain: 'a.example', successes: 3, failures: 0, resultTypes: [] },
      ],
    },
  });
  expect(await listTlsResults(context, { query: { domain: 'a.example' } })).toMatchObject({ ok: { items: [{}] } });
  expect(await listTlsReportsSent(context, {})).toEqual({ ok: { items: [], nextCursor: null } });
});
