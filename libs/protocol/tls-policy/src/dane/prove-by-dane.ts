import { createHash, createPublicKey, timingSafeEqual, type X509Certificate } from 'node:crypto';
import { presentedNames } from '../certificate/dns-names.ts';
import { hasIssued, readCertificate, readCertificates, signedPath } from '../certificate/path.ts';
import { publicKeyInfo } from '../certificate/public-key-info.ts';
import { certificateNames } from '../certificate-names.ts';
import type { TlsFailure } from '../result-type.ts';
import { showTlsa, type UsableTlsa } from './usable-tlsa.ts';

export type DaneProof =
  { readonly proved: true; readonly by: string } | { readonly proved: false; readonly failure: TlsFailure };

/**
 * Whether what a host presented matches one of its TLSA records.
 *
 * DANE-EE(3) is about the host's own certificate or key and nothing else: neither its names nor its dates matter
 * (RFC 7672 §3.1.1). DANE-TA(2) needs a chain of true signatures up to the anchor, all of it within its dates, and a
 * certificate that has one of `names` (RFC 7672 §3.1.2, §3.2.3). An anchor that the record holds whole need not be presented.
 */
export function proveByDane(given: {
  /** DER, the host's own certificate first. */
  readonly presented: readonly Buffer[];
  readonly records: readonly UsableTlsa[];
  /** The reference identifiers (RFC 7672 §3.2.2). */
  readonly names: readonly string[];
  readonly now: Date;
}): DaneProof {
  const presented = readCertificates(given.presented);
  const [leaf] = presented;
  if (!leaf) return failed('validation-failure', 'the host presented no certificate that can be read');
  const ee = given.records.find((record) => record.usage === 3 && matches(leaf, record));
  if (ee) return { proved: true, by: showTlsa(ee) };

  const path = signedPath(presented);
  let nearest: DaneProof | undefined;
  for (const record of given.records) {
    if (record.usage !== 2) continue;
    const anchored = anchoredPath(path, record);
    if (!anchored) continue;
    const proof = holdsOnPath(leaf, anchored, { record, names: given.names, now: given.now });
    if (proof.proved) return proof;
    nearest ??= proof;
  }
  return nearest ?? failed('validation-failure', noMatch(given.records));
}

/** The part of the path that an anchor vouches for; undefined when it vouches for none of it. */
function anchoredPath(path: readonly X509Certificate[], record: UsableTlsa): readonly X509Certificate[] | undefined {
  // The host's own certificate is no anchor: something must have signed it (RFC 7671 §5.2).
  const shown = path.findIndex((certificate, depth) => depth > 0 && matches(certificate, record));
  if (shown > 0) return path.slice(0, shown + 1);
  if (record.matchingType !== 0) return undefined;
  if (record.selector === 0) {
    const anchor = readCertificate(record.data);
    const below = anchor ? path.findIndex((certificate) => hasIssued(anchor, certificate)) : -1;
    return anchor && below >= 0 ? [...path.slice(0, below + 1), anchor] : undefined;
  }
  const below = path.findIndex((certificate) => isSignedBy(certificate, record.data));
  return below < 0 ? undefined : path.slice(0, below + 1);
}

function holdsOnPath(
  leaf: X509Certificate,
  path: readonly X509Certificate[],
  about: { readonly record: UsableTlsa; readonly names: readonly string[]; readonly now: Date },
): DaneProof {
  for (const certificate of path) {
    if (new Date(certificate.validTo) < about.now)
      return failed(
        'certificate-expired',
        `the certificate of ${subject(certificate)} ended at ${certificate.validTo}`,
      );
    if (new Date(certificate.validFrom) > about.now)
      return failed('certificate-not-trusted', `the certificate of ${subject(certificate)} is not valid yet`);
  }
  const own = presentedNames(leaf);
  if (!about.names.some((name) => certificateNames(own, name))) {
    const because = `the certificate names ${own.slice(0, 5).join(', ') || 'no host'}, not ${about.names.join(', ')}`;
    return failed('certificate-host-mismatch', because);
  }
  return { proved: true, by: showTlsa(about.record) };
}

function matches(certificate: X509Certificate, { selector, matchingType, data }: UsableTlsa): boolean {
  const octets = selector === 0 ? certificate.raw : publicKeyInfo(certificate.raw);
  if (!octets) return false;
  const compared = matchingType === 0 ? octets : createHash(DIGESTS[matchingType]).update(octets).digest();
  return compared.length === data.length && timingSafeEqual(compared, data);
}

const DIGESTS = { 1: 'sha256', 2: 'sha512' } as const;

function isSignedBy(certificate: X509Certificate, key: Buffer): boolean {
  try {
    return certificate.verify(createPublicKey({ key, format: 'der', type: 'spki' }));
  } catch {
    return false;
  }
}

function failed(resultType: TlsFailure['resultType'], because: string): DaneProof {
  return { proved: false, failure: { resultType, because } };
}

function noMatch(records: readonly UsableTlsa[]): string {
  return records.length === 1
    ? 'what the host presented does not match its TLSA record'
    : `what the host presented matches none of its ${records.length} TLSA records`;
}

function subject(certificate: X509Certificate): string {
  return certificate.subject.replaceAll('\n', ', ').slice(0, 200);
}
