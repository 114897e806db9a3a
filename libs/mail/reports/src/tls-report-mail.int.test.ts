import { gzipSync } from 'node:zlib';
import { testDatabase } from '@postern/database';
import {
  BodyHasher,
  formatKeyRecord,
  generateDkimKey,
  keyRecordName,
  publicKeyText,
  readPrivateKey,
  signMessage,
  type SignerKey,
} from '@postern/dkim';
import type { Answer } from '@postern/dns';
import { readHeaderSection } from '@postern/message';
import { createStore, type Store } from '@postern/prisma-store';
import { StoreUnavailable } from '@postern/queue';
import { type ForwardPath, parseMailbox, reply } from '@postern/smtp';
import { ACCEPTED, type Recipient, refused, type SubmissionPolicy, type Transaction } from '@postern/smtp-server';
import { formatReportMail, type TlsReport } from '@postern/tls-report';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TlsReportInbox, withTlsReports } from './index.ts';

const ADDRESS = 'tls-reports@bounces.example.org';
let store: Store;
let key: SignerKey;
let record: string;
let close: () => Promise<void>;

beforeAll(async () => {
  const database = await testDatabase();
  store = createStore({
    databaseUrl: database.url,
    poolSize: 2,
    log: { info: () => undefined, warn: () => undefined },
  });
  close = async () => {
    await store.close();
    await database.close();
  };
  const reading = readPrivateKey(await generateDkimKey('ed25519-sha256'));
  if (reading.kind === 'refused') throw new Error(reading.reason);
  key = { domain: 'reporter.example', selector: 's1', ...reading };
  record = formatKeyRecord({ algorithm: key.algorithm, publicKey: publicKeyText(key.privateKey) });
  await store.pool.query(
    `insert into sending_domains (id, name, sub_domains, signed_fields, settle_seconds, retain_seconds, created_at)
     values (gen_random_uuid(), 'example.org', false, '{}', 0, 0, now())`,
  );
});
afterAll(() => close?.());
beforeEach(() => store.pool.query('truncate tls_reports_received'));

const report = (change: { readonly id?: string; readonly domain?: string } = {}): TlsReport => ({
  'organization-name': 'Reporter',
  'date-range': { 'start-datetime': '2026-11-21T00:00:00Z', 'end-datetime': '2026-11-21T23:59:59Z' },
  'contact-info': 'tls@reporter.example',
  'report-id': change.id ?? 'r1',
  policies: [
    {
      policy: { 'policy-type': 'sts', 'policy-domain': change.domain ?? 'example.org' },
      summary: { 'total-successful-session-count': 5, 'total-failure-session-count': 2 },
    },
  ],
});

interface MailOf {
  readonly gzip?: Buffer;
  readonly from?: string;
  /** `none` leaves the mail unsigned, `broken` changes it afterwards. */
  readonly signature?: 'good' | 'none' | 'broken';
  readonly type?: string;
}

async function mailOf({ gzip, from, signature = 'good', type }: MailOf = {}): Promise<Buffer> {
  const mail = formatReportMail({
    from: from ?? 'tls@mail.reporter.example',
    to: ADDRESS,
    domain: 'example.org',
    submitter: 'reporter.example',
    reportId: 'r1',
    messageId: '<r1@reporter.example>',
    fileName: 'r.json.gz',
    date: new Date(),
    gzip: gzip ?? gzipSync(JSON.stringify(report())),
  });
  const body = Buffer.from(mail.body.toString('latin1').replace('application/tlsrpt+gzip', type ?? '$&'), 'latin1');
  const reading = readHeaderSection(mail.header);
  if (reading.kind === 'malformed') throw new Error('malformed');
  const hasher = new BodyHasher('relaxed');
  hasher.push(body.subarray(2));
  const fields =
    signature === 'none'
      ? Buffer.alloc(0)
      : await signMessage({ sections: [reading.section], bodyHash: hasher.digest(), keys: [key], at: new Date() });
  return Buffer.concat([fields, mail.header, body, Buffer.from(signature === 'broken' ? 'more\r\n' : '')]);
}

/** A listener that takes nothing but what the reports' part of it takes. */
const base: SubmissionPolicy = {
  connected: () => ACCEPTED,
  authenticate: () => refused(reply(550, '5.7.1', 'no')),
  verifiers: () => Promise.reject(new Error('nobody')),
  mail: () => ACCEPTED,
  rcpt: (_, { forwardPath }) =>
    forwardPath.text.startsWith('b+') ? ACCEPTED : refused(reply(550, '5.1.1', 'No such return-path')),
  content: () => ({ kind: 'refused', reply: reply(550, '5.0.0', 'not mine') }),
  closed: () => undefined,
};

function policy(change: { readonly inbox?: TlsReportInbox; readonly txt?: Answer<string> } = {}) {
  const answer = (name: string): Answer<string> =>
    name === keyRecordName('s1', 'reporter.example')
      ? { kind: 'found', records: [record], authentic: false, ttlSeconds: 60, canonicalName: name }
      : { kind: 'nxdomain', authentic: false, ttlSeconds: 60, canonicalName: name };
  return withTlsReports(base, {
    address: ADDRESS,
    inbox: change.inbox ?? store.tlsReports,
    resolver: { txt: (name) => Promise.resolve(change.txt ?? answer(name)) },
    log: { info: () => undefined, warn: () => undefined },
  });
}

function transaction(recipients: readonly string[] = []): Transaction {
  return {
    client: { address: '192.0.2.1' } as Transaction['client'],
    principal: undefined,
    reversePath: { kind: 'null' } as unknown as Transaction['reversePath'],
    parameters: { sizeOctets: undefined, body: '7BIT', smtpUtf8: false },
    recipients: recipients.map(to),
  };
}

function to(address: string): Recipient {
  const mailbox = parseMailbox(address, { smtpUtf8: false });
  return { forwardPath: (mailbox ?? { text: address }) as ForwardPath };
}

async function send(message: Buffer, change: Parameters<typeof policy>[0] = {}) {
  const verdict = await policy(change).content(transaction([ADDRESS]));
  if (verdict.kind === 'refused') return verdict.reply;
  for (let at = 0; at < message.length; at += 65_536) await verdict.sink.write(message.subarray(at, at + 65_536));
  return verdict.sink.end({ octets: message.length, longestLine: 78, eightBit: 0 });
}

const kept = async () =>
  (
    await store.pool.query(
      'select organization, report_id, domains, successes::int, failures::int, signed_by from tls_reports_received',
    )
  ).rows;

test('a report that its sender signed is kept once, with who signed it', async () => {
  expect(await send(await mailOf())).toMatchObject({ code: 250 });
  expect(await send(await mailOf())).toMatchObject({ code: 250 });
  expect(await kept()).toEqual([
    {
      organization: 'Reporter',
      report_id: 'r1',
      domains: ['example.org'],
      successes: 5,
      failures: 2,
      signed_by: 'reporter.example',
    },
  ]);
});

test('a report comes as JSON too, and about a sub-domain', async () => {
  const json = Buffer.from(JSON.stringify(report({ domain: 'mail.example.org' })));
  expect(await send(await mailOf({ gzip: json, type: 'application/tlsrpt+json' }))).toMatchObject({ code: 250 });
  expect(await kept()).toMatchObject([{ domains: ['mail.example.org'] }]);
});

test.each<[string, MailOf, number, string]>([
  ['unsigned', { signature: 'none' }, 550, '5.7.20'],
  ['changed since it was signed', { signature: 'broken' }, 550, '5.7.20'],
  ['signed by another than its author', { from: 'tls@stranger.example' }, 550, '5.7.20'],
  ['from the domain whose name ends like the one that signed', { from: 'tls@notreporter.example' }, 550, '5.7.20'],
  [
    'about a domain of somebody else',
    { gzip: gzipSync(JSON.stringify(report({ domain: 'example.net' }))) },
    550,
    '5.7.1',
  ],
  [
    'about a domain that ends like ours',
    { gzip: gzipSync(JSON.stringify(report({ domain: 'badexample.org' }))) },
    550,
    '5.7.1',
  ],
  ['no report', { gzip: gzipSync('{}') }, 554, '5.6.0'],
  ['a bomb', { gzip: gzipSync(Buffer.alloc(20 * 1_048_576)) }, 554, '5.6.0'],
  ['larger than any', { gzip: Buffer.alloc(3 * 1_048_576) }, 552, '5.3.4'],
])('a report that is %s is refused, and nothing is kept', async (_, mail, code, enhanced) => {
  expect(await send(await mailOf(mail))).toMatchObject({ code, enhanced });
  expect(await kept()).toEqual([]);
});

test('a report comes again when its key or the store cannot be asked', async () => {
  const mail = await mailOf();
  expect(await send(mail, { txt: { kind: 'failed', reason: 'timeout' } })).toMatchObject({ code: 451 });
  const away = { keepMailedReport: () => Promise.reject(new StoreUnavailable('away')) };
  expect(await send(mail, { inbox: away })).toMatchObject({ code: 452, enhanced: '4.3.1' });
});

test('of one day a thousand reports are kept and no more', async () => {
  await store.pool.query(
    `insert into tls_reports_received (id, organization, report_id, start_at, end_at, successes, failures, report, signed_by)
     select gen_random_uuid(), 'Flood', n::text, now(), now(), 0, 0, '{}', 'flood.example' from generate_series(1, 1000) n`,
  );
  expect(await send(await mailOf())).toMatchObject({ code: 452, enhanced: '4.3.1' });
  await store.pool.query(`update tls_reports_received set received_at = now() - interval '2 days'`);
  expect(await send(await mailOf())).toMatchObject({ code: 250 });
});

test('reports come alone, and nobody else is sent to', async () => {
  const { rcpt } = policy();
  expect(await rcpt(transaction(), to(ADDRESS.toUpperCase()))).toEqual(ACCEPTED);
  expect(await rcpt(transaction(), to('someone@example.com'))).toMatchObject({ reply: { code: 550 } });
  expect(await rcpt(transaction(['b+x@bounces.example.org']), to(ADDRESS))).toMatchObject({ reply: { code: 452 } });
  expect(await rcpt(transaction([ADDRESS]), to('b+x@bounces.example.org'))).toMatchObject({ reply: { code: 452 } });
  expect(await rcpt(transaction(), to('b+x@bounces.example.org'))).toEqual(ACCEPTED);
});
