import { readFile } from 'node:fs/promises';
import type { SecureContext } from 'node:tls';
import { ensureGenerated, generatedFile, serves } from './generated.ts';
import { CertificateUnusable, keyPair, type CertificateFacts, type KeyPair, type TlsFloor } from './key-pair.ts';
import { signature, watchFiles } from './watch-files.ts';

export interface OwnCertificateOptions {
  /** PEM files of the chain and its key; without them one is generated. */
  readonly certPath?: string;
  readonly keyPath?: string;
  readonly dataDir: string;
  readonly hostname: string;
  readonly log: CertificateLog;
  readonly now?: () => Date;
  /** How often the files are looked at. */
  readonly pollMs?: number;
}

export interface CertificateLog {
  info(facts: object, event: string): void;
  warn(facts: object, event: string): void;
  error(facts: object, event: string): void;
}

/** The certificate of our listeners, always the newest that is of any use. */
export interface OwnCertificate {
  /** To be asked for each handshake. */
  secureContext(floor?: TlsFloor, clientAuthorities?: string): SecureContext;
  facts(): CertificateFacts;
  close(): void;
}

/**
 * Reads the certificate, or has one generated, and keeps it fresh.
 *
 * At the start a certificate that is of no use is an error (CertificateUnusable). Later the one before is kept, and why the
 * new one is of no use is logged.
 */
export async function ownCertificate(options: OwnCertificateOptions): Promise<OwnCertificate> {
  const source = sourceOf(options);
  const { log, now = () => new Date(), pollMs = 5_000 } = options;
  // Looked at before they are read: a change in between is seen as one.
  const before = await signature(source.files);
  let current = await source.read().catch((error: unknown) => {
    throw asUnusable(error);
  });
  let complaint: string | undefined;
  tell(current, log, now());
  const watch = watchFiles(source.files, { since: before, everyMs: pollMs, look: refresh });

  async function refresh(changed: boolean): Promise<void> {
    if (!changed && !source.isStale(current)) return;
    try {
      const fresh = await source.read();
      complaint = undefined;
      if (fresh.facts.fingerprintSha256 !== current.facts.fingerprintSha256) tell(fresh, log, now());
      current = fresh;
    } catch (error) {
      const because = asUnusable(error).message;
      const { subject, validTo } = current.facts;
      // A fault that lasts is told once.
      if (changed || because !== complaint) {
        log.error({ because, kept: subject, validTo }, 'the new TLS certificate is of no use; the one before is kept');
      }
      complaint = because;
    }
  }

  return {
    secureContext: (floor, clientAuthorities) => current.secureContext(floor, clientAuthorities),
    facts: () => current.facts,
    close: () => watch.close(),
  };
}

interface Source {
  readonly files: readonly string[];
  read(): Promise<KeyPair>;
  /** Whether it is time to read again although no file changed. */
  isStale(current: KeyPair): boolean;
}

function sourceOf({ certPath, keyPath, dataDir, hostname, now = () => new Date() }: OwnCertificateOptions): Source {
  if (certPath === undefined && keyPath === undefined) {
    return {
      files: [generatedFile(dataDir)],
      read: () => ensureGenerated({ dataDir, hostname, now }),
      isStale: (current) => !serves(current, { hostname, now: now() }),
    };
  }
  if (certPath === undefined || keyPath === undefined) {
    throw new CertificateUnusable('A certificate and its key are given together: one of the two files is missing');
  }
  const read = async (): Promise<KeyPair> => {
    const [certificate, key] = await Promise.all([readFile(certPath, 'utf8'), readFile(keyPath, 'utf8')]);
    return keyPair({ certificate, key }, { certificate: certPath, key: keyPath });
  };
  return { files: [certPath, keyPath], read, isStale: () => false };
}

function tell({ facts }: KeyPair, log: CertificateLog, now: Date): void {
  const { subject, names, validTo, selfSigned } = facts;
  if (validTo <= now)
    log.warn({ subject, validTo }, 'the TLS certificate has ended; clients that check it will refuse it');
  else log.info({ subject, names, validTo, selfSigned }, 'TLS certificate in use');
}

/** Of a file that cannot be read the system's words say enough: which one, and why. */
function asUnusable(error: unknown): CertificateUnusable {
  if (error instanceof CertificateUnusable) return error;
  return new CertificateUnusable(error instanceof Error ? error.message : String(error), { cause: error });
}
