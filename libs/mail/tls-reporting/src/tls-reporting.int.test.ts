import { testDatabase } from '@postern/database';
import { certificateAuthority, policyHost, type PolicyHost } from '@postern/lab';
import type { Answer } from '@postern/dns';
import { reportPoster } from '@postern/https-client';
import { createStore, type Store } from '@postern/prisma-store';
import { readReport } from '@postern/tls-report';
import { expect, onTestFinished, test } from 'vitest';
import { reportOnce, SessionResults, type SessionResult } from './index.ts';

const YESTERDAY = new Date('2026-11-21T12:00:00Z');
const TODAY = new Date('2026-11-22T01:00:00Z');
const success: SessionResult = {
  domain: 'example.com',
  policyType: 'sts',
  policyString: ['version: STSv1', 'mode: enforce'],
  mxHost: ['mx.example.com'],
};
const failure: SessionResult = {
  ...success,
  failure: { resultType: 'certificate-expired', host: 'mx.example.com', address: '192.0.2.1', because: 'it is old' },
};

interface World {
  readonly store: Store;
  readonly web: PolicyHost;
  readonly context: Parameters<typeof reportOnce>[0];
  count(results: readonly SessionResult[], at?: Date): Promise<void>;
  sql<Row extends object>(text: string): Promise<readonly Row[]>;
}

async function world(record: string | undefined): Promise<World> {
  const database = await testDatabase();
  const log = { info: () => undefined, warn: () => undefined };
  const store = createStore({ databaseUrl: database.url, poolSize: 4, log });
  const ca = await certificateAuthority();
  const web = await policyHost({ certificate: await ca.issue(['reports.example.com']), address: '127.0.8.251' });
  onTestFinished(async () => {
    await store.close();
    await web.close();
    await database.close();
  });
  const known = { authentic: false, ttlSeconds: 60 };
  const addresses = async (host: string) =>
    ({ kind: 'found', records: [{ family: 4, address: web.address }], ...known, canonicalName: host }) as const;
  const txt = async (name: string): Promise<Answer<string>> =>
    record === undefined || name !== '_smtp._tls.example.com'
      ? { kind: 'nxdomain', ...known, canonicalName: name }
      : { kind: 'found', records: [record.replace('PORT', String(web.port))], ...known, canonicalName: name };
  return {
    store,
    web,
    context: {
      store: store.tlsReports,
      resolver: { txt },
      post: reportPoster({ resolver: { addresses }, refuseAddress: () => undefined, ca: [ca.certificate] }),
      signing: { find: () => undefined },
      hostname: 'gateway.example',
      submitter: 'gateway.example',
      contact: 'postmaster@gateway.example',
      now: () => TODAY,
      random: () => 0,
      spreadMs: 0,
      accepted: () => undefined,
      log,
    },
    async count(results, at = YESTERDAY) {
      const counted = new SessionResults(() => at);
      for (const each of results) counted.add(each);
      await counted.flush(store.tlsReports);
    },
    sql: async <Row extends object>(text: string) => (await store.pool.query<Row>(text)).rows,
  };
}

test('a day is reported by mail, once, as an ordinary message that goes past policies', async () => {
  const { store, context, count } = await world('v=TLSRPTv1; rua=mailto:reports@example.com');
  await count([success, success, failure]);
  await count([success, { ...success, domain: 'silent.example' }]);
  await count([success], TODAY);
  await Promise.all([reportOnce(context), reportOnce(context)]);
  await reportOnce(context);
  const { messages } = await store.delivery.claim({
    queueId: 1,
    lane: 0,
    limit: 10,
    leaseMs: 60_000,
    inlineOctets: 65_536,
  });
  expect(messages).toMatchObject([{ reversePath: 'tls-reports@gateway.example', requireTls: false }]);
  const text = messages[0]?.content?.toString() ?? '';
  expect(text).toContain('To: <reports@example.com>');
  const gzip = Buffer.from(/gz"\r\n\r\n([\s\S]*?)\r\n--/.exec(text)?.[1] ?? '', 'base64');
  expect(readReport(gzip)).toMatchObject({
    report: {
      'organization-name': 'gateway.example',
      'date-range': { 'start-datetime': '2026-11-21T00:00:00Z', 'end-datetime': '2026-11-21T23:59:59Z' },
      policies: [
        {
          policy: { 'policy-type': 'sts', 'policy-domain': 'example.com', 'mx-host': ['mx.example.com'] },
          summary: { 'total-successful-session-count': 3, 'total-failure-session-count': 1 },
          'failure-details': [
            { 'result-type': 'certificate-expired', 'receiving-ip': '192.0.2.1', 'failed-session-count': 1 },
          ],
        },
      ],
    },
  });
});

test('a report is posted with its type, and tried again when it was not taken, for a day', async () => {
  const { context, count, web, sql } = await world('v=TLSRPTv1; rua=https://reports.example.com:PORT/v1/tls?x=1');
  await count([failure]);
  web.answer((_, response) => response.writeHead(503).end());
  await reportOnce(context);
  expect(await sql('select tries, fault, sent_at, due_at > now() as later from tls_reports_sent')).toMatchObject([
    { tries: 1, fault: 'reports.example.com answered 503', sent_at: null },
  ]);
  web.answer((_, response) => response.writeHead(201).end());
  await sql(`update tls_reports_sent set due_at = '2026-11-22T00:00:00Z'`);
  await reportOnce(context);
  expect(web.posted).toHaveLength(2);
  expect(web.posted[1]).toMatchObject({ path: '/v1/tls?x=1', type: 'application/tlsrpt+gzip' });
  expect(readReport(web.posted[1]?.body ?? Buffer.alloc(0))).toMatchObject({ kind: 'report' });
  expect(await sql('select tries, fault, due_at from tls_reports_sent where sent_at is not null')).toMatchObject([
    { tries: 2, fault: null, due_at: null },
  ]);
  await sql(
    `update tls_reports_sent set sent_at = null, due_at = '2026-11-22T00:00:00Z', made_at = '2026-11-20T00:00:00Z'`,
  );
  web.answer((_, response) => response.writeHead(302, { location: '/elsewhere' }).end());
  await reportOnce(context);
  expect(await sql('select due_at, fault from tls_reports_sent')).toMatchObject([
    { due_at: null, fault: 'reports.example.com answered 302' },
  ]);
});

test('nobody who does not ask for reports gets one', async () => {
  const { context, count, sql } = await world(undefined);
  await count([failure]);
  await reportOnce(context);
  expect(await sql('select * from tls_reports_sent')).toEqual([]);
});

test('fifty domains whose DNS is dead keep no other domain from its report, and are asked again next time', async () => {
  const { context, count, sql } = await world('v=TLSRPTv1; rua=mailto:reports@example.com');
  await count([...Array.from({ length: 60 }, (_, index) => ({ ...success, domain: `a${index}.example` })), success]);
  let asked = 0;
  const txt: typeof context.resolver.txt = async (name) => {
    if (name === '_smtp._tls.example.com') return context.resolver.txt(name);
    asked += 1;
    return { kind: 'failed', reason: 'timeout' };
  };
  await reportOnce({ ...context, resolver: { txt } });
  expect(await sql('select domain from tls_reports_sent')).toEqual([{ domain: 'example.com' }]);
  expect(asked).toBe(60);
  await reportOnce({ ...context, resolver: { txt } });
  expect(asked).toBe(120);
});

test('a report that the store did not take is made again', async () => {
  const { context, count, store, sql } = await world('v=TLSRPTv1; rua=mailto:reports@example.com');
  await count([success]);
  const away = { ...store.tlsReports, addReports: () => Promise.reject(new Error('away')) };
  await reportOnce({ ...context, store: away });
  expect(await sql('select * from tls_reports_sent')).toEqual([]);
  await reportOnce(context);
  expect(await sql('select domain from tls_reports_sent')).toEqual([{ domain: 'example.com' }]);
});

test('what was counted is not lost when it cannot be written', async () => {
  const counted = new SessionResults(() => YESTERDAY);
  counted.add(success);
  await expect(counted.flush({ countSessions: () => Promise.reject(new Error('away')) })).rejects.toThrow('away');
  const { store, sql } = await world(undefined);
  counted.add(success);
  await counted.flush(store.tlsReports);
  expect(await sql('select sessions from tls_results')).toEqual([{ sessions: 2 }]);
});
