import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  certificateAuthority,
  type CertificateAuthority,
  type Leaf,
  selfSigned,
  temporaryDirectory,
  waitFor,
} from '@postern/lab';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plain, RawClient, type Scenario, scenario, sendRaw, SOUND } from '../src/index.ts';

let world: Scenario;
let device: Leaf;
let ours: CertificateAuthority;
let folder: Awaited<ReturnType<typeof temporaryDirectory>>;
beforeAll(async () => {
  [folder, ours] = await Promise.all([temporaryDirectory(), certificateAuthority('Lab Clients')]);
  const authorities = join(folder.path, 'authorities.pem');
  await writeFile(authorities, ours.certificate);
  world = await scenario({ services: ['submission'], env: { POSTERN_CLIENT_AUTHORITIES: authorities } });
  device = await selfSigned(['device.lab.example']);
  using before = await withCertificate(device);
  expect(await offers(before)).not.toContain('EXTERNAL');
  const file = join(folder.path, 'device.pem');
  await writeFile(file, device.certificate);
  await world.gateway.cli(['identity', 'add', world.user, '--certificate', file]);
  // Clients are asked for certificates from a moment after the first was bound.
  await waitFor(
    async () => {
      using client = await withCertificate(device);
      return (await offers(client)).includes('EXTERNAL');
    },
    { timeoutMs: 10_000, what: 'EXTERNAL to be offered' },
  );
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await folder.remove();
});

async function withCertificate(leaf: Leaf | undefined): Promise<RawClient> {
  const tls = leaf ? { cert: leaf.certificate, key: leaf.key } : {};
  const client = await RawClient.connect(world.gateway.ports.submissions, { tls });
  expect((await client.read()).code).toBe(220);
  return client;
}

async function offers(client: RawClient): Promise<string> {
  return (await client.ask('EHLO device.lab.example')).text;
}

test('a certificate that is bound to a credential submits as it, with and without its name', async () => {
  for (const response of ['=', Buffer.from(world.user).toString('base64')]) {
    using client = await withCertificate(device);
    await offers(client);
    expect(await client.code(`AUTH EXTERNAL ${response}`)).toBe(235);
    expect(await client.code('MAIL FROM:<stranger@other.example>')).toBe(550);
    expect(await sendRaw(client, SOUND)).toMatchObject({ code: 250 });
  }
});

test('a certificate is not enough by itself: without AUTH nothing is taken', async () => {
  using client = await withCertificate(device);
  await offers(client);
  expect(await client.code('MAIL FROM:<app@lab.example>')).toBe(530);
});

test('a certificate that is bound to nothing, has ended, or is used for another name is refused as a wrong secret is', async () => {
  const other = await world.gateway.credential('other');
  const ended = await selfSigned(['old.lab.example'], {
    notBefore: new Date(Date.now() - 20 * 86_400_000),
    notAfter: new Date(Date.now() - 86_400_000),
  });
  const fingerprint = await fingerprintOf(ended);
  await world.gateway.cli(['identity', 'add', other.user, '--certificate', fingerprint]);
  for (const [leaf, response] of [
    [await selfSigned(['device.lab.example']), '='],
    [ended, '='],
    [device, Buffer.from(other.user).toString('base64')],
  ] as const) {
    using client = await withCertificate(leaf);
    await offers(client);
    expect((await client.ask(`AUTH EXTERNAL ${response}`)).text).toMatch(/^535 5\.7\.8 /);
    expect(await client.code(`AUTH PLAIN ${plain(world.user, world.password)}`)).toBe(235);
  }
});

test('who shows no certificate is asked for none again, and is offered the rest', async () => {
  using client = await withCertificate(undefined);
  const offered = await offers(client);
  expect(offered).not.toContain('EXTERNAL');
  expect(offered).toContain('PLAIN');
  expect(await client.code('AUTH EXTERNAL =')).toBe(504);
});

test('a certificate that is unbound is refused within a second or so', async () => {
  const extra = await selfSigned(['extra.lab.example']);
  const added = await world.gateway.json<{ id: string }>([
    'identity',
    'add',
    world.user,
    '--certificate',
    await fingerprintOf(extra),
  ]);
  const code = async (): Promise<number> => {
    using client = await withCertificate(extra);
    await offers(client);
    return await client.code('AUTH EXTERNAL =');
  };
  expect(await code()).toBe(235);
  await world.gateway.cli(['identity', 'remove', world.user, added.id]);
  await expect.poll(code, { timeout: 20_000 }).toBe(535);
});

describe('a certificate of an authority of ours, whose subject is bound', () => {
  const NAME = 'printer, third floor';
  beforeAll(async () => {
    await world.gateway.credential('printer');
    const file = join(folder.path, 'printer.pem');
    await writeFile(file, (await ours.issueClient(NAME)).certificate);
    await world.gateway.cli(['identity', 'add', 'printer', '--subject', file]);
  });

  test('submits as the credential, and so does the one that follows it', async () => {
    for (const leaf of [await ours.issueClient(NAME), await ours.issueClient(NAME)]) {
      using client = await withCertificate(leaf);
      await offers(client);
      expect(await client.code(`AUTH EXTERNAL ${Buffer.from('printer').toString('base64')}`)).toBe(235);
      expect(await sendRaw(client, SOUND)).toMatchObject({ code: 250 });
    }
  });

  test.each<[string, () => Promise<Leaf>]>([
    ['of another authority of that name', async () => (await certificateAuthority('Lab Clients')).issueClient(NAME)],
    ['that vouches for itself', () => selfSigned(['a.lab.example'], { commonName: NAME })],
    ['that is for hosts', () => ours.issue(['a.lab.example'], { commonName: NAME })],
    ['that has ended', () => ours.issueClient(NAME, { notAfter: new Date(Date.now() - 3_600_000) })],
    ['of another subject', () => ours.issueClient('printer')],
    ['that has the subject inside its own', () => ours.issueClient(`x, CN=${NAME}`)],
  ])('a certificate %s is refused', async (_, issue) => {
    using client = await withCertificate(await issue());
    await offers(client);
    expect((await client.ask('AUTH EXTERNAL =')).text).toMatch(/^535 5\.7\.8 /);
  });
});

async function fingerprintOf({ certificate }: Leaf): Promise<string> {
  const { X509Certificate } = await import('node:crypto');
  return new X509Certificate(certificate).fingerprint256;
}
