import { createHash } from 'node:crypto';
import { mailHost, selfSigned } from '@postern/lab';
import { expect, it } from 'vitest';
import { at, dialer, tls } from './testing/tls-lab.ts';

it('what a host presents is held against TLSA records, and SNI is the base domain', async () => {
  const leaf = await selfSigned(['nobody.example']);
  await using host = await mailHost({ tls: tls(leaf) });
  const data = createHash('sha256').update(leaf.publicKeyDer).digest();
  const demand = {
    kind: 'dane',
    records: [{ usage: 3, selector: 1, matchingType: 1, data }],
    names: ['base.example'],
    serverName: 'base.example',
    because: 'test',
  } as const;
  const end = await dialer().dial(at(host, demand));
  expect(end).toMatchObject({ kind: 'connected', connection: { facts: { tls: { daneProof: { proved: true } } } } });
  const other = { ...demand, records: [{ ...demand.records[0], data: Buffer.alloc(32) }] };
  expect(await dialer().dial(at(host, other))).toMatchObject({
    kind: 'refused',
    refusal: { fault: { kind: 'tls', enhanced: '4.7.5' }, tlsFailure: { resultType: 'validation-failure' } },
  });
});
