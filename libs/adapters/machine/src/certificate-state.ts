import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Machine } from '@postern/administration';
import type { Configuration } from '@postern/configuration';

/** The certificate that the listeners show, by its file. */
export async function certificateState({
  dataDir,
  tls,
}: Pick<Configuration, 'dataDir' | 'tls'>): ReturnType<Machine['certificate']> {
  const file = tls?.certFile ?? join(dataDir, 'tls', 'self-signed.pem');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return { kind: 'unusable', because: `${file} cannot be read` };
  const [pem] = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(text) ?? [];
  try {
    const certificate = new X509Certificate(pem ?? '');
    return {
      kind: 'found',
      made: tls ? 'given' : 'generated',
      names: [...(certificate.subjectAltName ?? '').matchAll(/DNS:([^,\s]+)/g)].map(([, name]) => name ?? ''),
      validFrom: new Date(certificate.validFrom),
      validTo: new Date(certificate.validTo),
    };
  } catch {
    return { kind: 'unusable', because: `${file} holds no certificate` };
  }
}
