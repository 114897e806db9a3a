import { hasIssued, readCertificates, signedPath } from './path.ts';
import type { X509Certificate } from 'node:crypto';

/**
 * Whether a chain of true signatures leads from the host's certificate to a trusted authority, whatever the dates of the
 * host's certificate are. Those of its issuers must be good.
 */
export function trustedButForDates(given: {
  readonly presented: readonly Buffer[];
  readonly authorities: readonly X509Certificate[];
  readonly now: Date;
}): boolean {
  const [leaf, ...issuers] = signedPath(readCertificates(given.presented));
  if (!leaf) return false;
  const good = (each: X509Certificate): boolean =>
    new Date(each.validFrom) <= given.now && given.now <= new Date(each.validTo);
  for (const [depth, certificate] of [leaf, ...issuers].entries()) {
    if (depth > 0 && !good(certificate)) return false;
    const isAuthority = depth > 0 && given.authorities.some((each) => each.raw.equals(certificate.raw));
    if (isAuthority || given.authorities.some((each) => good(each) && hasIssued(each, certificate))) return true;
  }
  return false;
}
