import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { runChild } from '../child.ts';

/** A key and the certificate of it, as PEM. */
export interface KeyAndCertificate {
  readonly key: string;
  readonly certificate: string;
}

export interface CertificateRequest {
  /** Domains and addresses for the subjectAltName; none leaves the extension out. */
  readonly names: readonly string[];
  readonly commonName?: string;
  readonly keyType?: 'ec' | 'rsa';
  /** A key to use again, as PEM. */
  readonly key?: string;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly kind: 'host' | 'client' | 'authority';
  /** Left out, the certificate signs itself. */
  readonly issuer?: KeyAndCertificate;
}

const DAY_MS = 86_400_000;

/** Has openssl(1) make a certificate. */
export async function makeCertificate(request: CertificateRequest): Promise<KeyAndCertificate> {
  const directory = await mkdtemp(join(tmpdir(), 'postern-certificate-'));
  try {
    const key = request.key ?? newKey(request.keyType ?? 'ec');
    const issuer = request.issuer;
    await Promise.all([
      writeFile(join(directory, 'own.key'), key),
      writeFile(join(directory, 'issuer.key'), issuer?.key ?? key),
      writeFile(join(directory, 'issuer.pem'), issuer?.certificate ?? ''),
      writeFile(join(directory, 'index.txt'), ''),
      writeFile(join(directory, 'openssl.cnf'), CONFIGURATION),
    ]);
    await openssl(directory, [
      'req',
      '-new',
      '-key',
      'own.key',
      '-out',
      'own.csr',
      '-config',
      'openssl.cnf',
      ...subject(request),
    ]);
    await openssl(directory, [
      'ca',
      '-batch',
      '-notext',
      '-config',
      'openssl.cnf',
      '-in',
      'own.csr',
      '-out',
      'own.pem',
      ...(issuer ? [] : ['-selfsign', '-keyfile', 'own.key']),
      '-extensions',
      request.kind,
      '-startdate',
      utcTime(request.notBefore ?? new Date(Date.now() - DAY_MS)),
      '-enddate',
      utcTime(request.notAfter ?? new Date(Date.now() + 90 * DAY_MS)),
    ]);
    return { key, certificate: await readFile(join(directory, 'own.pem'), 'utf8') };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function newKey(type: 'ec' | 'rsa'): string {
  const { privateKey } =
    type === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
      : generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function subject({ names, commonName = names[0] ?? 'lab' }: CertificateRequest): readonly string[] {
  const alternatives = names.map((name) => `${isIP(name) === 0 ? 'DNS' : 'IP'}:${name}`).join(',');
  return ['-subj', `/CN=${commonName}`, ...(alternatives === '' ? [] : ['-addext', `subjectAltName=${alternatives}`])];
}

async function openssl(directory: string, parameters: readonly string[]): Promise<void> {
  await runChild({ tool: 'openssl', parameters, directory });
}

/** YYYYMMDDHHMMSSZ. */
function utcTime(date: Date): string {
  return `${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
}

const CONFIGURATION = `
[req]
distinguished_name = any
[ca]
default_ca = lab
[lab]
database = index.txt
new_certs_dir = .
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
copy_extensions = copy
certificate = issuer.pem
private_key = issuer.key
[any]
commonName = optional
[host]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature,keyEncipherment
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[client]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
`;
