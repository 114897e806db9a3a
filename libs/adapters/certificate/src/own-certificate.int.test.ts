import { execFile } from 'node:child_process';
import { X509Certificate, generateKeyPairSync } from 'node:crypto';
import { mkdir, readFile, readdir, rename, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { certificateAuthority, selfSigned, temporaryDirectory, waitFor, type TemporaryDirectory } from '@postern/lab';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CertificateUnusable } from './key-pair.ts';
import { ownCertificate, type OwnCertificate, type OwnCertificateOptions } from './own-certificate.ts';

const HOSTNAME = 'mx.example.org';
let directory: TemporaryDirectory;
let logged: { level: string; facts: Record<string, unknown>; event: string }[];
let open: OwnCertificate[];
beforeEach(async () => {
  directory = await temporaryDirectory('certificate');
  logged = [];
  open = [];
});
afterEach(async () => {
  for (const each of open) each.close();
  await directory.remove();
});

async function own(options: Partial<OwnCertificateOptions> = {}): Promise<OwnCertificate> {
  const note = (level: string) => (facts: object, event: string) =>
    void logged.push({ level, facts: { ...facts }, event });
  const log = { info: note('info'), warn: note('warn'), error: note('error') };
  const certificate = await ownCertificate({
    dataDir: directory.path,
    hostname: HOSTNAME,
    log,
    pollMs: 10,
    ...options,
  });
  open.push(certificate);
  return certificate;
}

const errors = () => logged.filter(({ level }) => level === 'error').map(({ facts }) => String(facts['because']));
const generatedFile = () => join(directory.path, 'tls', 'self-signed.pem');

describe('without files', () => {
  it('one is generated, which only we can read, and TLS clients that trust it are content', async () => {
    const certificate = await own();
    expect(certificate.facts()).toMatchObject({
      subject: `CN=${HOSTNAME}`,
      selfSigned: true,
      names: [HOSTNAME, 'localhost', '127.0.0.1', expect.any(String)],
    });
    expect((await stat(generatedFile())).mode & 0o777).toBe(0o600);
    const server = createServer({ SNICallback: (_, done) => done(null, certificate.secureContext()) }, (socket) =>
      socket.end(),
    );
    server.on('tlsClientError', () => undefined).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const ca = await readFile(generatedFile(), 'utf8');
    for (const servername of [HOSTNAME, 'localhost']) {
      const socket: TLSSocket = connect({ host: '127.0.0.1', port, servername, ca });
      await once(socket, 'secureConnect');
      expect(socket.authorized).toBe(true);
      socket.destroy();
    }
    server.close();
  });

  it('the one from before is taken again', async () => {
    await own();
    const before = await readFile(generatedFile(), 'utf8');
    await own();
    expect(await readFile(generatedFile(), 'utf8')).toBe(before);
  });

  it('OpenSSL finds nothing wrong with it', async () => {
    await own();
    const { stdout } = await promisify(execFile)('openssl', ['x509', '-in', generatedFile(), '-noout', '-text']);
    expect(stdout).toMatch(/Version: 3/);
    expect(stdout).toMatch(/Digital Signature/);
    expect(stdout).toMatch(/TLS Web Server Authentication/);
    expect(stdout).toMatch(new RegExp(`DNS:${HOSTNAME}, DNS:localhost, IP Address:127.0.0.1`));
    const verified = await promisify(execFile)('openssl', [
      'verify',
      '-CAfile',
      generatedFile(),
      '-purpose',
      'sslserver',
      generatedFile(),
    ]);
    expect(verified.stdout).toContain('OK');
  });

  it('many processes that start at once use the same one', async () => {
    const source = fileURLToPath(new URL('own-certificate.ts', import.meta.url));
    const program = `
      const { ownCertificate } = await import(${JSON.stringify(source)});
      const log = { info() {}, warn() {}, error() {} };
      const own = await ownCertificate({ dataDir: ${JSON.stringify(directory.path)}, hostname: 'mx.example.org', log });
      process.stdout.write(own.facts().validTo.toISOString() + own.secureContext().context.getCertificate().toString('hex'));
    `;
    const run = promisify(execFile);
    const ends = await Promise.all(
      Array.from({ length: 6 }, () =>
        run(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }),
      ),
    );
    expect(new Set(ends.map(({ stdout }) => stdout)).size).toBe(1);
    expect(ends[0]?.stdout.length).toBeGreaterThan(100);
    expect(await readdir(join(directory.path, 'tls'))).toEqual(['self-signed.pem']);
  });

  it.each([
    ['cut off', (pem: string) => pem.slice(0, pem.length / 2)],
    ['empty', () => ''],
    ['something else', () => 'what?'],
  ])('a file that is %s is replaced', async (_, damage) => {
    await own();
    await writeFile(generatedFile(), damage(await readFile(generatedFile(), 'utf8')));
    expect((await own()).facts().names).toContain(HOSTNAME);
    expect(new X509Certificate(await readFile(generatedFile())).checkHost(HOSTNAME)).toBe(HOSTNAME);
  });

  it('another host name gets another one', async () => {
    await own();
    expect((await own({ hostname: 'new.example.org' })).facts().names).toContain('new.example.org');
  });

  it('it is made anew before it ends, while it is in use', async () => {
    let now = new Date();
    const certificate = await own({ now: () => now });
    const before = certificate.facts().validTo;
    now = new Date(before.getTime() - 29 * 86_400_000);
    await waitFor(() => certificate.facts().validTo > before, { what: 'a new certificate' });
    expect(errors()).toEqual([]);
  });
});

describe('with files', () => {
  let certPath: string;
  let keyPath: string;
  const write = async ({ certificate, key }: { certificate: string; key: string }): Promise<void> => {
    await writeFile(certPath, certificate);
    await writeFile(keyPath, key);
  };
  beforeEach(async () => {
    certPath = join(directory.path, 'cert.pem');
    keyPath = join(directory.path, 'key.pem');
    await write(await selfSigned(['one.example.org']));
  });

  it('they are read again when they are written anew', async () => {
    const certificate = await own({ certPath, keyPath });
    const before = certificate.secureContext();
    await write(await selfSigned(['two.example.org']));
    await waitFor(() => certificate.facts().names.includes('two.example.org'), { what: 'the new certificate' });
    expect(certificate.secureContext()).not.toBe(before);
  });

  it('they are read again when they are renamed into place', async () => {
    const certificate = await own({ certPath, keyPath });
    const next = await selfSigned(['two.example.org']);
    await writeFile(`${certPath}.new`, next.certificate);
    await writeFile(`${keyPath}.new`, next.key);
    await rename(`${certPath}.new`, certPath);
    await rename(`${keyPath}.new`, keyPath);
    await waitFor(() => certificate.facts().names.includes('two.example.org'), { what: 'the new certificate' });
  });

  it('they are read again when a symbolic link above them is turned', async () => {
    for (const version of ['one', 'two']) {
      const pair = await selfSigned([`${version}.example.org`]);
      await mkdir(join(directory.path, version));
      await writeFile(join(directory.path, version, 'cert.pem'), pair.certificate);
      await writeFile(join(directory.path, version, 'key.pem'), pair.key);
    }
    const live = join(directory.path, 'live');
    await symlink('one', live);
    const certificate = await own({ certPath: join(live, 'cert.pem'), keyPath: join(live, 'key.pem') });
    await symlink('two', `${live}.new`);
    await rename(`${live}.new`, live);
    await waitFor(() => certificate.facts().names.includes('two.example.org'), { what: 'the new certificate' });
  });

  it('a chain is given to clients whole', async () => {
    const leaf = await (
      await (await certificateAuthority()).intermediate('Lab Intermediate')
    ).issue(['chain.example.org']);
    await write({ certificate: leaf.chain, key: leaf.key });
    expect((await own({ certPath, keyPath })).facts()).toMatchObject({
      names: ['chain.example.org'],
      selfSigned: false,
    });
  });

  it('a new pair that is of no use is told, and the one before is kept until there is a better one', async () => {
    const certificate = await own({ certPath, keyPath });
    await writeFile(keyPath, (await selfSigned(['two.example.org'])).key);
    await waitFor(() => errors().length > 0, { what: 'the complaint' });
    expect(errors()[0]).toBe(
      `The key in ${keyPath} does not belong to the first certificate in ${certPath} (CN=one.example.org)`,
    );
    expect(certificate.facts().names).toEqual(['one.example.org']);
    await write(await selfSigned(['three.example.org']));
    await waitFor(() => certificate.facts().names.includes('three.example.org'), { what: 'the mended certificate' });
  });

  it('a certificate that has ended is used, with a warning', async () => {
    const notAfter = new Date(Date.now() - 86_400_000);
    await write(
      await selfSigned(['old.example.org'], { notBefore: new Date(notAfter.getTime() - 86_400_000), notAfter }),
    );
    await own({ certPath, keyPath });
    expect(logged.map(({ level }) => level)).toEqual(['warn']);
  });

  const encrypted = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes256', passphrase: 'x' })
    .toString();
  it.each<[string, () => Promise<unknown>, RegExp]>([
    ['a certificate file that is missing', () => rename(certPath, `${certPath}.gone`), /ENOENT.*cert\.pem/],
    ['a key file that is missing', () => rename(keyPath, `${keyPath}.gone`), /ENOENT.*key\.pem/],
    ['an empty certificate file', () => writeFile(certPath, ''), /cert\.pem holds no certificate/],
    [
      'a damaged certificate',
      () => writeFile(certPath, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'),
      /cert\.pem holds no certificate/,
    ],
    [
      'a key file with a certificate',
      async () => writeFile(keyPath, await readFile(certPath)),
      /key\.pem holds no private key/,
    ],
    ['an encrypted key', () => writeFile(keyPath, encrypted), /key\.pem is encrypted/],
    [
      'a damaged key',
      () => writeFile(keyPath, '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'),
      /key\.pem holds no private key/,
    ],
    ['the key of another', async () => writeFile(keyPath, (await selfSigned(['x'])).key), /does not belong/],
  ])('%s is one clear message at the start', async (_, damage, message) => {
    await damage();
    const fault = await own({ certPath, keyPath }).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(CertificateUnusable);
    expect(String(fault)).toMatch(message);
  });

  it('one without the other is refused', async () => {
    await expect(own({ certPath })).rejects.toThrow(CertificateUnusable);
  });
});
