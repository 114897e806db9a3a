import { testDatabase } from '@postern/database';
import { formatKeyRecord, generateDkimKey, keyRecordName, publicKeyText, readPrivateKey } from '@postern/dkim';
import { createStore } from '@postern/prisma-store';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { expect, onTestFinished, test } from 'vitest';
import { reportOnce, SessionResults } from './index.ts';

test('a report that a sending domain signs for verifies at an independent verifier, and says whose it is', async () => {
  const database = await testDatabase();
  const log = { info: () => undefined, warn: () => undefined };
  const store = createStore({ databaseUrl: database.url, poolSize: 2, log });
  onTestFinished(async () => {
    await store.close();
    await database.close();
  });
  const reading = readPrivateKey(await generateDkimKey('ed25519-sha256'));
  if (reading.kind === 'refused') return expect.unreachable(reading.reason);
  const key = { domain: 'gateway.example', selector: 's1', ...reading };
  const record = formatKeyRecord({ algorithm: key.algorithm, publicKey: publicKeyText(key.privateKey) });
  const results = new SessionResults(() => new Date('2026-11-21T12:00:00Z'));
  results.add({ domain: 'example.com', policyType: 'sts', policyString: [], mxHost: ['mx.example.com'] });
  await results.flush(store.tlsReports);
  await reportOnce({
    store: store.tlsReports,
    resolver: {
      txt: (name) =>
        Promise.resolve({
          kind: 'found',
          records: ['v=TLSRPTv1; rua=mailto:reports@example.com'],
          authentic: false,
          ttlSeconds: 60,
          canonicalName: name,
        }),
    },
    post: () => Promise.resolve('nobody posts'),
    signing: {
      find: (domain) =>
        domain === 'gateway.example'
          ? { domain, keys: [key], policy: { signed: ['from'], oversigned: ['from'] } }
          : undefined,
    },
    hostname: 'gateway.example',
    submitter: 'gateway.example',
    contact: 'postmaster@gateway.example',
    now: () => new Date('2026-11-22T01:00:00Z'),
    random: () => 0,
    spreadMs: 0,
    accepted: () => undefined,
    log,
  });
  const claim = await store.delivery.claim({ queueId: 1, limit: 10, leaseMs: 60_000, inlineOctets: 65_536 });
  const [message] = claim.messages;
  const whole = Buffer.concat([message?.traceFields ?? Buffer.alloc(0), message?.content ?? Buffer.alloc(0)]);
  expect(message?.sizeOctets).toBe(whole.length);
  const { results: verdicts } = await dkimVerify(whole, {
    resolver: (name: string) =>
      name === keyRecordName('s1', 'gateway.example') ? Promise.resolve([[record]]) : Promise.reject(new Error(name)),
  });
  expect(verdicts.map(({ status, signingDomain }) => [status.result, signingDomain])).toEqual([
    ['pass', 'gateway.example'],
  ]);
});
