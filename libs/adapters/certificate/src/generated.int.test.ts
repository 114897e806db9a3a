import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { waitFor } from '@postern/lab';
import { describe, expect, it } from 'vitest';
import { HOSTNAME, certificateLab } from './testing/certificate-lab.ts';

const lab = certificateLab();
const generatedFile = () => join(lab.path, 'tls', 'self-signed.pem');

describe('without files', () => {
  it('one is generated, which only we can read, and TLS clients that trust it are content', async () => {
    const certificate = await lab.own();
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
    await lab.own();
    const before = await readFile(generatedFile(), 'utf8');
    await lab.own();
    expect(await readFile(generatedFile(), 'utf8')).toBe(before);
  });

  it('OpenSSL finds nothing wrong with it', async () => {
    await lab.own();
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
      const own = await ownCertificate({ dataDir: ${JSON.stringify(lab.path)}, hostname: 'mx.example.org', log });
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
    expect(await readdir(join(lab.path, 'tls'))).toEqual(['self-signed.pem']);
  });

  it.each([
    ['cut off', (pem: string) => pem.slice(0, pem.length / 2)],
    ['empty', () => ''],
    ['something else', () => 'what?'],
  ])('a file that is %s is replaced', async (_, damage) => {
    await lab.own();
    await writeFile(generatedFile(), damage(await readFile(generatedFile(), 'utf8')));
    expect((await lab.own()).facts().names).toContain(HOSTNAME);
    expect(new X509Certificate(await readFile(generatedFile())).checkHost(HOSTNAME)).toBe(HOSTNAME);
  });

  it('another host name gets another one', async () => {
    await lab.own();
    expect((await lab.own({ hostname: 'new.example.org' })).facts().names).toContain('new.example.org');
  });

  it('it is made anew before it ends, while it is in use', async () => {
    let now = new Date();
    const certificate = await lab.own({ now: () => now });
    const before = certificate.facts().validTo;
    now = new Date(before.getTime() - 29 * 86_400_000);
    await waitFor(() => certificate.facts().validTo > before, { what: 'a new certificate' });
    expect(lab.errors()).toEqual([]);
  });
});
