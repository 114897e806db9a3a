import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { selfSigned, temporaryDirectory, type TemporaryDirectory, waitFor } from '@postern/lab';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ownCertificates, type OwnCertificates } from './own-certificates.ts';

let directory: TemporaryDirectory;
let own: OwnCertificates | undefined;
beforeEach(async () => {
  directory = await temporaryDirectory('certificates');
});
afterEach(async () => {
  own?.close();
  await directory.remove();
});

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

async function write(name: string, ...names: string[]): Promise<{ certPath: string; keyPath: string }> {
  const { certificate, key } = await selfSigned(names);
  const files = { certPath: join(directory.path, `${name}.pem`), keyPath: join(directory.path, `${name}.key`) };
  await writeFile(files.certPath, certificate);
  await writeFile(files.keyPath, key);
  return files;
}

async function started(): Promise<OwnCertificates> {
  const files = [await write('one', 'one.example'), await write('two', 'two.example', '*.wild.example')];
  own = await ownCertificates({ files, dataDir: directory.path, hostname: 'one.example', log, pollMs: 10 });
  return own;
}

test('the name that a client asks for chooses the certificate', async () => {
  const certificates = await started();
  const [one, two] = [certificates.secureContext('one.example'), certificates.secureContext('two.example')];
  expect(one).not.toBe(two);
  for (const name of ['TWO.example', 'two.example.', 'a.wild.example'])
    expect(certificates.secureContext(name)).toBe(two);
});

test.each([
  undefined,
  '',
  'wild.example',
  'a.b.wild.example',
  '\\',
  'two.example\0.evil.example',
  '__proto__',
  `${'a'.repeat(10_240)}.wild.example`,
  '127.0.0.1',
])('whoever asks for %.30j, which is nobody’s, gets the first', async (name) => {
  const certificates = await started();
  expect(certificates.secureContext(name)).toBe(certificates.secureContext('one.example'));
});

test('each is read again when it changes, and the old one is no longer given', async () => {
  const certificates = await started();
  const before = certificates.secureContext('two.example');
  await write('two', 'three.example');
  await waitFor(() => certificates.secureContext('three.example') !== certificates.secureContext('one.example'), {
    what: 'the new certificate',
  });
  expect(certificates.secureContext('two.example')).toBe(certificates.secureContext('one.example'));
  expect(certificates.secureContext('three.example')).not.toBe(before);
});

test('devices that speak no TLS 1.2 get a context of their own, of the same certificate', async () => {
  const certificates = await started();
  const old = certificates.secureContext('two.example', 'TLSv1');
  expect(old).not.toBe(certificates.secureContext('two.example'));
  expect(old).toBe(certificates.secureContext('two.example', 'TLSv1'));
});

test('one that is of no use at the start is an error', async () => {
  const files = [await write('one', 'one.example'), { certPath: join(directory.path, 'none'), keyPath: 'none' }];
  await expect(ownCertificates({ files, dataDir: directory.path, hostname: 'a.example', log })).rejects.toThrow(/none/);
});
