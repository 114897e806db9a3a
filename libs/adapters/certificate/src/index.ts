import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSecureContext, type SecureContext } from 'node:tls';
export interface OwnCertificate {
  secureContext(): SecureContext;
  close(): void;
}
export async function ownCertificate({
  dataDir,
  hostname,
}: {
  dataDir: string;
  hostname: string;
  certPath?: string;
  keyPath?: string;
  log: unknown;
}): Promise<OwnCertificate> {
  const dir = join(dataDir, 'tls');
  mkdirSync(dir, { recursive: true });
  if (!existsSync(join(dir, 'c.pem')))
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-days',
        '800',
        '-subj',
        `/CN=${hostname}`,
        '-keyout',
        join(dir, 'k.pem'),
        '-out',
        join(dir, 'c.pem'),
      ],
      { stdio: 'ignore' },
    );
  const context = createSecureContext({
    cert: readFileSync(join(dir, 'c.pem')),
    key: readFileSync(join(dir, 'k.pem')),
  });
  return { secureContext: () => context, close: () => undefined };
}
