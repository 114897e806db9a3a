import type { Answer } from '@postern/dns';
import { expect, test } from 'vitest';
import type { PolicyStore, StoredSts } from './ports.ts';
import { StsPolicies } from './sts-policies.ts';

const POLICY = 'version: STSv1\nmode: enforce\nmx: mx.example.com\nmax_age: 86400\n';
const about = { authentic: false, ttlSeconds: 60 };
const found = (...records: readonly string[]): Answer<string> => ({
  kind: 'found',
  records,
  ...about,
  canonicalName: '_mta-sts.example.com',
});
const GOOD = 'v=STSv1; id=1;';

/** Policies over a store of one domain, a policy host that answers well, and this record. */
function policies(record: () => Promise<Answer<string>>, kept?: StoredSts['kept']) {
  const fetched: string[] = [];
  const row: { sts?: StoredSts } = kept
    ? { sts: { domain: 'example.com', kept, triedAt: new Date(), triedId: kept.id } }
    : {};
  const store: PolicyStore = {
    findSts: () => Promise.resolve(row.sts),
    stsChangedSince: () => Promise.resolve(row.sts ? ['example.com'] : []),
    keepSts: (domain, each) => {
      row.sts = { domain, kept: each, triedAt: each.fetchedAt, triedId: each.id };
      return Promise.resolve();
    },
    keepStsFault: () => Promise.resolve(),
    takeStsToRefresh: () => Promise.resolve([]),
  };
  const fetcher = {
    fetch: (domain: string) => {
      fetched.push(domain);
      return Promise.resolve({ kind: 'fetched', text: POLICY } as const);
    },
  };
  const log = { info: () => undefined, warn: () => undefined };
  return {
    fetched,
    sts: new StsPolicies({ resolver: { txt: record }, store, fetcher, log, recordMs: 20, freshMs: 0 }),
  };
}

const RECORDS: readonly [string, () => Promise<Answer<string>>, 'policy' | 'none'][] = [
  ['one', () => Promise.resolve(found(GOOD)), 'policy'],
  ['one beside others', () => Promise.resolve(found('hello', GOOD, 'v=spf1 -all')), 'policy'],
  ['one by an alias', () => Promise.resolve({ ...found(GOOD), canonicalName: 'sts.provider.example' }), 'policy'],
  ['none', () => Promise.resolve({ kind: 'nodata', ...about, canonicalName: '_mta-sts.example.com' }), 'none'],
  [
    'no such name',
    () => Promise.resolve({ kind: 'nxdomain', ...about, canonicalName: '_mta-sts.example.com' }),
    'none',
  ],
  ['two', () => Promise.resolve(found(GOOD, 'v=STSv1; id=2;')), 'none'],
  ['garbage', () => Promise.resolve(found('v=STSv1; \u0000\u00ff;;=')), 'none'],
  ['one without an id', () => Promise.resolve(found('v=STSv1;')), 'none'],
  ['one of 64 KiB', () => Promise.resolve(found(`${GOOD} x=${'y'.repeat(65_536)}`)), 'none'],
  ['SERVFAIL', () => Promise.resolve({ kind: 'failed', reason: 'servfail' }), 'none'],
  ['no answer', () => new Promise(() => undefined), 'none'],
];

test.each(RECORDS)('%s at _mta-sts: %3$s', async (_, record, expected) => {
  const { sts, fetched } = policies(record);
  const finding = await sts.find('example.com');
  expect(finding?.kind).toBe(expected);
  expect(fetched).toEqual(expected === 'policy' ? ['example.com'] : []);
});

test.each(RECORDS.filter(([, , expected]) => expected === 'none'))(
  '%s at _mta-sts takes no policy away that is kept',
  async (_, record) => {
    const now = Date.now();
    const kept = {
      id: '1',
      policy: { mode: 'enforce', mx: ['mx.example.com'], maxAgeSeconds: 86_400 },
      fetchedAt: new Date(now - 1_000),
      expiresAt: new Date(now + 60_000),
    } as const;
    expect(await policies(record, kept).sts.known('example.com')).toMatchObject({ kind: 'policy', id: '1' });
    const over = { ...kept, expiresAt: new Date(now - 1) };
    expect(await policies(record, over).sts.known('example.com')).toMatchObject({ kind: 'none' });
  },
);

test('mail of a domain whose policy was never fetched waits for nobody but asks first', async () => {
  const { sts } = policies(() => Promise.resolve(found(GOOD)));
  expect(await sts.known('example.com')).toBeUndefined();
});
