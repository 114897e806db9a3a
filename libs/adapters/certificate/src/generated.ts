import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CertificateUnusable, keyPair, type KeyPair } from './key-pair.ts';
import { selfSigned } from './self-signed.ts';

export interface GeneratedOptions {
  readonly dataDir: string;
  readonly hostname: string;
  readonly now: () => Date;
}

const DAY_MS = 86_400_000;
/** How long before its end a generated certificate is replaced. */
const RENEW_BEFORE_MS = 30 * DAY_MS;

/** Where the generated key and certificate are: one file, so that nobody ever sees one without the other. */
export function generatedFile(dataDir: string): string {
  return join(dataDir, 'tls', 'self-signed.pem');
}

/**
 * The self-signed certificate in the data directory, made when there is none, or when it is for another host or about to end.
 *
 * Of several processes that start at once, the first to finish decides and the others take what it made.
 */
export async function ensureGenerated({ dataDir, hostname, now }: GeneratedOptions): Promise<KeyPair> {
  const file = generatedFile(dataDir);
  await mkdir(join(dataDir, 'tls'), { recursive: true });
  const before = await readGenerated(file);
  if (before && serves(before, { hostname, now: now() })) return before;
  const { certificate, key } = selfSigned({ hostname, now: now() });
  const fresh = `${file}.${randomUUID()}`;
  try {
    await writeFile(fresh, key + certificate, { mode: 0o600, flush: true });
    // A link takes the place only if it is free; what is there and of no use is replaced.
    const placed = before === undefined && (await linked(fresh, file));
    const others = placed ? undefined : await readGenerated(file);
    if (!placed && !(others && serves(others, { hostname, now: now() }))) await rename(fresh, file);
  } finally {
    await rm(fresh, { force: true });
  }
  const pair = await readGenerated(file);
  if (!pair) throw new CertificateUnusable(`${file} was written and cannot be read`);
  return pair;
}

/** What is in the file; undefined when there is none, or it is of no use. */
async function readGenerated(file: string): Promise<KeyPair | undefined> {
  try {
    const pem = await readFile(file, 'utf8');
    return keyPair({ certificate: pem, key: pem }, { certificate: file, key: file });
  } catch (error) {
    if (error instanceof CertificateUnusable || isMissing(error)) return undefined;
    throw error;
  }
}

/** Whether a generated certificate is for this host and will be for a while. */
export function serves(
  { facts }: KeyPair,
  { hostname, now }: { readonly hostname: string; readonly now: Date },
): boolean {
  const lasts = facts.validTo.getTime() - now.getTime() > RENEW_BEFORE_MS && facts.validFrom <= now;
  return lasts && facts.names.includes(hostname.toLowerCase());
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch {
    // Taken, or a file system without links: then it is renamed.
    return false;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
