import {
  certificateAuthority,
  type CertificateAuthority,
  policyFile,
  policyHost,
  type PolicyAnswer,
  selfSigned,
} from '@postern/lab';
import type { AddressRecord, Answer } from '@postern/dns';
import { beforeAll, expect, test } from 'vitest';
import { policyFetcher } from './fetch-policy.ts';

const POLICY = 'version: STSv1\nmode: enforce\nmx: mx.example.com\nmax_age: 86400\n';
const HOST = 'mta-sts.example.com';
let ca: CertificateAuthority;

beforeAll(async () => {
  ca = await certificateAuthority();
});

type Certificate =
  'good' | 'wild' | 'self-signed' | 'of another name' | 'common name only' | 'expired' | 'of another authority';

async function certificate(kind: Certificate) {
  switch (kind) {
    case 'good':
      return ca.issue([HOST]);
    case 'wild':
      return ca.issue(['*.example.com']);
    case 'self-signed':
      return selfSigned([HOST]);
    case 'of another name':
      return ca.issue(['example.com', 'other.example']);
    case 'common name only':
      return ca.issue([], { commonName: HOST });
    case 'expired':
      return ca.issue([HOST], { notBefore: new Date(Date.now() - 9e8), notAfter: new Date(Date.now() - 1e8) });
    case 'of another authority':
      return (await certificateAuthority('Other')).issue([HOST]);
  }
}

async function fetched(change: {
  readonly certificate?: Certificate;
  readonly answer?: PolicyAnswer;
  readonly refuseAddress?: (address: string) => string | undefined;
  readonly addresses?: Answer<AddressRecord>;
  readonly deadlineMs?: number;
}) {
  await using host = await policyHost({
    certificate: await certificate(change.certificate ?? 'good'),
    answer: change.answer ?? policyFile(POLICY),
  });
  const found: Answer<AddressRecord> = {
    kind: 'found',
    records: [{ family: 4, address: host.address }],
    authentic: false,
    ttlSeconds: 60,
    canonicalName: HOST,
  };
  const fetcher = policyFetcher({
    resolver: { addresses: () => Promise.resolve(change.addresses ?? found) },
    refuseAddress: change.refuseAddress ?? (() => undefined),
    ca: [ca.certificate],
    port: host.port,
    deadlineMs: change.deadlineMs ?? 5_000,
  });
  const end = await fetcher.fetch('example.com');
  return { end, asked: [...host.asked] };
}

test('a policy is fetched by its name, from the well-known place', async () => {
  const { end, asked } = await fetched({});
  expect(end).toEqual({ kind: 'fetched', text: POLICY });
  expect(asked).toEqual([expect.stringMatching(/^GET mta-sts\.example\.com(:\d+)? \/\.well-known\/mta-sts\.txt$/)]);
});

test.each(['good', 'wild'] as const)('a certificate that is %s will do', async (kind) => {
  expect((await fetched({ certificate: kind })).end.kind).toBe('fetched');
});

test.each(['self-signed', 'of another name', 'common name only', 'expired', 'of another authority'] as const)(
  'a certificate that is %s will not, and nothing is asked',
  async (kind) => {
    const { end, asked } = await fetched({ certificate: kind });
    expect(end).toMatchObject({ kind: 'failed', fault: { resultType: 'sts-webpki-invalid' } });
    expect(asked).toEqual([]);
  },
);

const answers: readonly [string, PolicyAnswer][] = [
  ...[301, 302, 303, 307, 308].map((status): [string, PolicyAnswer] => [
    `a redirect ${status}`,
    (_, response) => response.writeHead(status, { location: '/elsewhere' }).end(),
  ]),
  ['404', (_, response) => response.writeHead(404).end('none')],
  ['500', (_, response) => response.writeHead(500).end()],
  ['204', (_, response) => response.writeHead(204).end()],
  ['text/html', policyFile(POLICY, { 'content-type': 'text/html' })],
  ['no content type', (_, response) => response.writeHead(200).end(POLICY)],
  ['a content encoding', policyFile(POLICY, { 'content-encoding': 'gzip' })],
  ['more than 64 KiB, announced', policyFile('x'.repeat(65_537), { 'content-length': '65537' })],
  [
    'more than 64 KiB in chunks',
    (_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      for (let chunk = 0; chunk < 100; chunk += 1) response.write('x'.repeat(1_024));
      response.end();
    },
  ],
  [
    'headers without end',
    (_, response) => response.writeHead(200, { 'content-type': 'text/plain', x: 'y'.repeat(40_000) }).end(POLICY),
  ],
  [
    'half of it',
    (_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain', 'content-length': '1000' });
      response.write(POLICY);
      setImmediate(() => response.destroy());
    },
  ],
];

test.each(answers)('a policy host that answers with %s has no policy, and is not asked again', async (_, answer) => {
  const { end, asked } = await fetched({ answer });
  expect(end).toMatchObject({ kind: 'failed', fault: { resultType: 'sts-policy-fetch-error' } });
  expect(asked).toHaveLength(1);
});

test.each([
  ['never answers', () => undefined],
  [
    'drips',
    (_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      const drip = setInterval(() => response.write('v'), 20);
      response.on('close', () => clearInterval(drip));
    },
  ],
] as [string, PolicyAnswer][])('a policy host that %s is given up at the deadline', async (_, answer) => {
  const { end } = await fetched({ answer, deadlineMs: 300 });
  expect(end).toMatchObject({ kind: 'failed', fault: { because: expect.stringContaining('took more than 0.3 s') } });
});

test.each(['text/plain; charset=utf-8', 'Text/Plain'])('the content type %s is text/plain', async (type) => {
  expect((await fetched({ answer: policyFile(POLICY, { 'content-type': type }) })).end.kind).toBe('fetched');
});

test('no address of special use is connected to', async () => {
  const { end, asked } = await fetched({ refuseAddress: () => 'loopback' });
  expect(end).toMatchObject({ fault: { because: expect.stringContaining('which is loopback') } });
  expect(asked).toEqual([]);
});

test.each([
  [{ kind: 'failed', reason: 'servfail' }],
  [{ kind: 'nxdomain', authentic: false, ttlSeconds: 5, canonicalName: HOST }],
] as const)('a policy host that cannot be found (%j) has no policy', async (addresses) => {
  expect((await fetched({ addresses })).end).toMatchObject({ fault: { resultType: 'sts-policy-fetch-error' } });
});
