import type { Answer } from './answer.ts';
import { parseAddress } from './address.ts';
import type { RecordType } from './records.ts';
import type { RecordOf } from './message/types.ts';

/**
 * The answer to a question that the DNS is not to be asked: names under `localhost` have the loopback addresses and nothing
 * else (RFC 6761 §6.3). Undefined for every other name.
 */
export function localAnswer<Type extends RecordType>(name: string, type: Type): Answer<RecordOf[Type]> | undefined {
  const canonicalName = name.toLowerCase().replace(/\.$/, '');
  if (canonicalName !== 'localhost' && !canonicalName.endsWith('.localhost')) return undefined;
  const known = { authentic: false, ttlSeconds: 86_400, canonicalName };
  const records = LOOPBACK[type] as readonly RecordOf[Type][] | undefined;
  return records ? { kind: 'found', records, ...known } : { kind: 'nodata', ...known };
}

const LOOPBACK: { readonly [Type in RecordType]?: readonly RecordOf[Type][] } = {
  A: [{ family: 4, address: '127.0.0.1' }],
  AAAA: [{ family: 6, address: '::1' }],
};

/** The name under which the names of an address are kept (RFC 1035 §3.5, RFC 3596 §2.5); undefined for what is no address. */
export function reverseName(address: string): string | undefined {
  const parsed = parseAddress(address);
  if (!parsed) return undefined;
  if (parsed.family === 4) return `${parsed.text.split('.').toReversed().join('.')}.in-addr.arpa`;
  return `${[...parsed.value.toString(16).padStart(32, '0')].toReversed().join('.')}.ip6.arpa`;
}
