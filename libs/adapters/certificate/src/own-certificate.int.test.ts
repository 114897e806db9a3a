import { generateKeyPairSync } from 'node:crypto';
import { mkdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { certificateAuthority, selfSigned, waitFor } from '@postern/lab';
import { beforeEach, describe, expect, it } from 'vitest';
import { CertificateUnusable } from './key-pair.ts';
import { certificateLab } from './testing/certificate-lab.ts';

const lab = certificateLab();

describe('with files', () => {
  let certPath: string;
  let keyPath: string;
  const write = async ({ certificate, key }: { certificate: string; key: string }): Promise<void> => {
    await writeFile(certPath, certificate);
    await writeFile(keyPath, key);
  };
  beforeEach(async () => {
    certPath = join(lab.path, 'cert.pem');
    keyPath = join(lab.path, 'key.pem');
    await write(await selfSigned(['one.example.org']));
  });

  it('they are read again when they are written anew', async () => {
    const certificate = await lab.own({ certPath, keyPath });
    const before = certificate.secureContext();
    await write(await selfSigned(['two.example.org']));
    await waitFor(() => certificate.facts().names.includes('two.example.org'), { what: 'the new certificate' });
    expect(certificate.secureContext()).not.toBe(before);
  });

  it('they are read again when they are renamed into place', async () => {
    const certificate = await lab.own({ certPath, keyPath });
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
      await mkdir(join(lab.path, version));
      await writeFile(join(lab.path, version, 'cert.pem'), pair.certificate);
      await writeFile(join(lab.path, version, 'key.pem'), pair.key);
    }
    const live = join(lab.path, 'live');
    await symlink('one', live);
    const certificate = await lab.own({ certPath: join(live, 'cert.pem'), keyPath: join(live, 'key.pem') });
    await symlink('two', `${live}.new`);
    await rename(`${live}.new`, live);
    await waitFor(() => certificate.facts().names.includes('two.example.org'), { what: 'the new certificate' });
  });

  it('a chain is given to clients whole', async () => {
    const leaf = await (
      await (await certificateAuthority()).intermediate('Lab Intermediate')
    ).issue(['chain.example.org']);
    await write({ certificate: leaf.chain, key: leaf.key });
    expect((await lab.own({ certPath, keyPath })).facts()).toMatchObject({
      names: ['chain.example.org'],
      selfSigned: false,
    });
  });

  it('a new pair that is of no use is told, and the one before is kept until there is a better one', async () => {
    const certificate = await lab.own({ certPath, keyPath });
    await writeFile(keyPath, (await selfSigned(['two.example.org'])).key);
    await waitFor(() => lab.errors().length > 0, { what: 'the complaint' });
    expect(lab.errors()[0]).toBe(
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
    await lab.own({ certPath, keyPath });
    expect(lab.levels()).toEqual(['warn']);
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
    const fault = await lab.own({ certPath, keyPath }).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(CertificateUnusable);
    expect(String(fault)).toMatch(message);
  });

  it('one without the other is refused', async () => {
    await expect(lab.own({ certPath })).rejects.toThrow(CertificateUnusable);
  });
});
