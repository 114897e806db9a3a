import { temporaryDirectory, type TemporaryDirectory } from '@postern/lab';
import { afterEach, beforeEach } from 'vitest';
import { ownCertificate, type OwnCertificate, type OwnCertificateOptions } from '../own-certificate.ts';

export const HOSTNAME = 'mx.example.org';

/** A data directory for each test of a file, and what was logged in it. */
export function certificateLab() {
  let directory: TemporaryDirectory | undefined;
  let logged: { level: string; facts: Record<string, unknown>; event: string }[] = [];
  let open: OwnCertificate[] = [];
  beforeEach(async () => {
    directory = await temporaryDirectory('certificate');
    logged = [];
    open = [];
  });
  afterEach(async () => {
    for (const each of open) each.close();
    await directory?.remove();
  });
  const note = (level: string) => (facts: object, event: string) =>
    void logged.push({ level, facts: { ...facts }, event });
  const log = { info: note('info'), warn: note('warn'), error: note('error') };

  return {
    get path(): string {
      return directory?.path ?? '';
    },
    async own(options: Partial<OwnCertificateOptions> = {}): Promise<OwnCertificate> {
      const usual = { dataDir: directory?.path ?? '', hostname: HOSTNAME, log, pollMs: 10 };
      const certificate = await ownCertificate({ ...usual, ...options });
      open.push(certificate);
      return certificate;
    },
    levels: (): readonly string[] => logged.map(({ level }) => level),
    /** Why something was complained of. */
    errors: (): readonly string[] =>
      logged.filter(({ level }) => level === 'error').map(({ facts }) => String(facts['because'])),
  };
}
