import { readFileSync } from 'node:fs';
import { getCACertificates } from 'node:tls';

/**
 * The authorities whose certificates are believed, in PEM: those that come with Node (and those of NODE_EXTRA_CA_CERTS),
 * those of the system, and those in the file that an operator names.
 */
export function trustedAuthorities(file: string | undefined): readonly string[] {
  const own = file === undefined ? [] : (readFileSync(file, 'utf8').match(PEM) ?? []);
  return [...new Set([...getCACertificates('default'), ...getCACertificates('system'), ...own])];
}

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
