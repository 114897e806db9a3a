import { createPublicKey, type KeyObject } from 'node:crypto';
import { items, readTagList, unspaced } from './tag-list.ts';
import { type DkimAlgorithm, MIN_RSA_BITS } from './keys.ts';

/** The key record of a selector, as it is to be published (RFC 6376 §3.6.1). */
export function formatKeyRecord(key: { readonly algorithm: DkimAlgorithm; readonly publicKey: string }): string {
  return `v=DKIM1; k=${key.algorithm === 'rsa-sha256' ? 'rsa' : 'ed25519'}; p=${key.publicKey}`;
}

/** The name at which a selector's key record stands (RFC 6376 §3.6.2.1). */
export function keyRecordName(selector: string, domain: string): string {
  return `${selector}._domainkey.${domain}`;
}

export type KeyRecord =
  | {
      readonly kind: 'key';
      readonly type: 'rsa' | 'ed25519';
      readonly publicKey: KeyObject;
      /** `p=` without white space. */
      readonly text: string;
      readonly bits: number;
      /** `t=y`: the domain is testing DKIM, and verifiers must not treat its mail otherwise than unsigned mail. */
      readonly testing: boolean;
      /** `t=s`: the domain of `i=` must be `d=` itself. */
      readonly strict: boolean;
      readonly hashes: readonly string[] | undefined;
    }
  /** An empty `p=`: the key is revoked. */
  | { readonly kind: 'revoked' }
  | { readonly kind: 'invalid'; readonly reason: string };

/** Reads a key record (RFC 6376 §3.6.1, §6.1.2; RFC 8463 §4). */
export function readKeyRecord(text: string): KeyRecord {
  const tags = readTagList(text);
  if (!tags) return invalid('it is no list of tags');
  if (tags.has('v') && tags.get('v') !== 'DKIM1') return invalid(`its version is ${tags.get('v')}, not DKIM1`);
  const p = tags.get('p');
  if (p === undefined) return invalid('it has no p= tag');
  const type = tags.get('k') ?? 'rsa';
  if (type !== 'rsa' && type !== 'ed25519') return invalid(`its key type ${type} is not known`);
  const services = items(tags.get('s') ?? '*');
  if (!services.includes('*') && !services.includes('email')) return invalid('it is not for e-mail (s=)');
  const base64 = unspaced(p);
  if (base64 === '') return { kind: 'revoked' };
  const publicKey = publicKeyOf(type, base64);
  if (!publicKey) return invalid('its p= holds no key of its type');
  const bits = type === 'rsa' ? (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) : 256;
  const flags = items(tags.get('t') ?? '');
  const h = tags.get('h');
  return {
    kind: 'key',
    type,
    publicKey,
    text: base64,
    bits,
    testing: flags.includes('y'),
    strict: flags.includes('s'),
    hashes: h === undefined ? undefined : items(h),
  };
}

/** Whether verifiers may use a key for a signature's algorithm (RFC 6376 §6.1.2, RFC 8301 §3.2); undefined when they may. */
export function whyUnfit(record: KeyRecord & { readonly kind: 'key' }, algorithm: string): string | undefined {
  if (!algorithm.startsWith(`${record.type}-`)) return `the key is for ${record.type}, the signature is ${algorithm}`;
  if (record.hashes && !record.hashes.includes('sha256')) return 'the key may not be used with sha256';
  if (record.type === 'rsa' && record.bits < MIN_RSA_BITS) return `the key has ${record.bits} bits only`;
  return undefined;
}

const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');
/** 2,048 octets of DER: an RSA key of 16,384 bits. */
const MAX_BASE64 = 2_800;

function publicKeyOf(type: 'rsa' | 'ed25519', base64: string): KeyObject | undefined {
  if (base64.length > MAX_BASE64 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  const octets = Buffer.from(base64, 'base64');
  if (type === 'ed25519') {
    if (octets.length !== 32) return undefined;
    return parsed(Buffer.concat([ED25519_SPKI, octets]), 'spki');
  }
  // RFC 6376 §3.6.1 says RSAPublicKey, and everybody publishes SubjectPublicKeyInfo: errata 3017 takes both.
  const key = parsed(octets, 'spki') ?? parsed(octets, 'pkcs1');
  return key?.asymmetricKeyType === 'rsa' ? key : undefined;
}

function parsed(key: Buffer, type: 'spki' | 'pkcs1'): KeyObject | undefined {
  try {
    return createPublicKey({ key, format: 'der', type });
  } catch {
    return undefined;
  }
}

function invalid(reason: string): KeyRecord {
  return { kind: 'invalid', reason };
}
