import type { Answer } from './answer.ts';
import type { AddressRecord } from './records.ts';

/**
 * The answers about A and AAAA as one. Addresses of one family are enough when the other family's question failed; without
 * any, a failure stays a failure. It is authentic when every answer that came was.
 */
export function bothFamilies(a: Answer<AddressRecord>, aaaa: Answer<AddressRecord>): Answer<AddressRecord> {
  const records = [a, aaaa].flatMap((answer) => (answer.kind === 'found' ? answer.records : []));
  if (a.kind === 'failed') return records.length > 0 ? aaaa : a;
  if (aaaa.kind === 'failed') return records.length > 0 ? a : aaaa;
  const first = a.kind === 'found' || aaaa.kind !== 'found' ? a : aaaa;
  const known = {
    authentic: a.authentic && aaaa.authentic,
    ttlSeconds: Math.min(a.ttlSeconds, aaaa.ttlSeconds),
    canonicalName: first.canonicalName,
  };
  if (records.length > 0) return { kind: 'found', records, ...known };
  return { kind: a.kind === 'nxdomain' && aaaa.kind === 'nxdomain' ? 'nxdomain' : 'nodata', ...known };
}
