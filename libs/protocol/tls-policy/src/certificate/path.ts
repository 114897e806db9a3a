import { X509Certificate } from 'node:crypto';

/**
 * The certificates that a host presented, as far as each has truly signed the one before it: the host's own first. An
 * issuer counts only when its name and its signature fit and it may issue (RFC 5280 §6.1.3, §6.1.4).
 */
export function signedPath(presented: readonly X509Certificate[]): readonly X509Certificate[] {
  const [leaf, ...others] = presented;
  if (!leaf) return [];
  const path = [leaf];
  const left = new Set(others);
  for (let last = leaf; path.length <= MAX_DEPTH;) {
    const issuer = [...left].find((each) => hasIssued(each, last));
    if (!issuer) break;
    left.delete(issuer);
    path.push(issuer);
    last = issuer;
  }
  return path;
}

/** Whether one certificate has issued another: names, key identifiers and the signature itself. */
export function hasIssued(issuer: X509Certificate, subject: X509Certificate): boolean {
  // A key of an unknown kind cannot be looked at, so nothing is proved by it.
  try {
    return issuer.ca && subject.checkIssued(issuer) && subject.verify(issuer.publicKey);
  } catch {
    return false;
  }
}

/** Reads certificates in DER; what is none, and what comes behind it, is left out. */
export function readCertificates(presented: readonly Buffer[]): readonly X509Certificate[] {
  const read: X509Certificate[] = [];
  for (const der of presented.slice(0, MAX_PRESENTED)) {
    const certificate = readCertificate(der);
    if (!certificate) break;
    read.push(certificate);
  }
  return read;
}

export function readCertificate(der: Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
}

/** Nobody needs longer chains, and each costs signatures to check. */
const MAX_DEPTH = 10;
const MAX_PRESENTED = 20;
