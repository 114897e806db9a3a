import { createPublicKey } from 'node:crypto';
import type { TlsaRecord } from '@postern/dns';
import { readCertificate } from '../certificate/path.ts';

/** A TLSA record that a mail host can be held to (RFC 7672 §3.1). */
export interface UsableTlsa {
  /** 2: DANE-TA, an anchor that must have signed the chain. 3: DANE-EE, the host's own certificate or key. */
  readonly usage: 2 | 3;
  /** 0: the whole certificate. 1: its public key. */
  readonly selector: 0 | 1;
  /** 0: the octets themselves. 1: their SHA-256. 2: their SHA-512. */
  readonly matchingType: 0 | 1 | 2;
  readonly data: Buffer;
}

export interface JudgedTlsa {
  readonly usable: readonly UsableTlsa[];
  /** Why each of the others is not. */
  readonly unusable: readonly string[];
}

/**
 * Which of a host's TLSA records it can be held to.
 *
 * Usages 0 and 1 are not for SMTP between hosts (RFC 7672 §3.1.3), unknown parameters and data that cannot be what they
 * say are for nobody (RFC 6698 §4.1). Of digests over the same thing only the strongest counts (RFC 7671 §9).
 */
export function judgeTlsa(records: readonly TlsaRecord[]): JudgedTlsa {
  const usable: UsableTlsa[] = [];
  const unusable: string[] = [];
  for (const record of records.slice(0, MAX_RECORDS)) {
    const read = readTlsa(record);
    if (typeof read === 'string') unusable.push(read);
    else usable.push(read);
  }
  return { usable: strongestDigests(usable), unusable };
}

/** `3 1 1 0123abcd…`, as a master file has it (RFC 6698 §2.2), shortened for people. */
export function showTlsa({ usage, selector, matchingType, data }: UsableTlsa): string {
  const digits = data.toString('hex');
  return `${usage} ${selector} ${matchingType} ${digits.length > 128 ? `${digits.slice(0, 64)}…` : digits}`;
}

const MAX_RECORDS = 100;

function readTlsa(record: TlsaRecord): UsableTlsa | string {
  if (record.kind === 'malformed') return 'a record too short to be one';
  const { usage, selector, matchingType, data } = record;
  const fields = `${usage} ${selector} ${matchingType}`;
  if (usage === 0 || usage === 1) return `${fields}: usage ${usage} is not for mail hosts`;
  if (usage !== 2 && usage !== 3) return `${fields}: usage ${usage} is unknown`;
  if (selector !== 0 && selector !== 1) return `${fields}: selector ${selector} is unknown`;
  if (matchingType !== 0 && matchingType !== 1 && matchingType !== 2)
    return `${fields}: matching type ${matchingType} is unknown`;
  if (!holds({ selector, matchingType, data })) return `${fields}: its data are not what its fields say`;
  return { usage, selector, matchingType, data };
}

function holds({ selector, matchingType, data }: Omit<UsableTlsa, 'usage'>): boolean {
  if (matchingType === 1) return data.length === 32;
  if (matchingType === 2) return data.length === 64;
  return selector === 0 ? readCertificate(data) !== undefined : isPublicKey(data);
}

function isPublicKey(data: Buffer): boolean {
  try {
    createPublicKey({ key: data, format: 'der', type: 'spki' });
    return true;
  } catch {
    return false;
  }
}

function strongestDigests(records: readonly UsableTlsa[]): readonly UsableTlsa[] {
  return records.filter(
    ({ usage, selector, matchingType }) =>
      matchingType !== 1 ||
      !records.some((other) => other.usage === usage && other.selector === selector && other.matchingType === 2),
  );
}
