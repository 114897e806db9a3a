import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import { expect, test } from 'vitest';
import { certificateAuthority, type Leaf, selfSigned } from './certificate-authority.ts';

const NAME = 'mx.lab.example';

test('a leaf proves its names to who trusts the root, and no others', async () => {
  const ca = await certificateAuthority();
  const leaf = await ca.issue([NAME, '*.wild.example', '127.0.0.1']);
  expect(await handshake(leaf, { ca: ca.certificate })).toBe('');
  expect(await handshake(leaf, { ca: ca.certificate, name: 'a.wild.example' })).toBe('');
  expect(await handshake(leaf, { ca: ca.certificate, name: 'other.example' })).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  expect(await handshake(leaf)).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
});

test('an authority of the same name and another key does not vouch for it', async () => {
  const [ca, other] = await Promise.all([certificateAuthority('Same'), certificateAuthority('Same')]);
  expect(await handshake(await ca.issue([NAME]), { ca: other.certificate })).not.toBe('');
});

test('a chain holds with its intermediates, and not without', async () => {
  const ca = await certificateAuthority();
  const issuing = await (await ca.intermediate('Lab Intermediate')).intermediate('Lab Issuing');
  const leaf = await issuing.issue([NAME], { keyType: 'rsa' });
  expect(leaf.chain.match(/BEGIN CERTIFICATE/g)).toHaveLength(3);
  expect(leaf.root).toBe(ca.certificate);
  expect(await handshake(leaf, { ca: ca.certificate })).toBe('');
  expect(await handshake({ ...leaf, chain: leaf.certificate }, { ca: ca.certificate })).not.toBe('');
});

test('dates are as asked for', async () => {
  const ca = await certificateAuthority();
  const expired = await ca.issue([NAME], { notBefore: day(-10), notAfter: day(-1) });
  const future = await ca.issue([NAME], { notBefore: day(1) });
  expect(await handshake(expired, { ca: ca.certificate })).toBe('CERT_HAS_EXPIRED');
  expect(await handshake(future, { ca: ca.certificate })).toBe('CERT_NOT_YET_VALID');
});

test('a self-signed certificate is trusted only as itself', async () => {
  const leaf = await selfSigned([NAME]);
  expect(await handshake(leaf)).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  expect(await handshake(leaf, { ca: leaf.certificate })).toBe('');
  expect(await handshake(await selfSigned([], { commonName: NAME, key: leaf.key }))).not.toBe('');
});

test('a key used again gives another certificate of the same public key', async () => {
  const ca = await certificateAuthority();
  const first = await ca.issue([NAME]);
  const second = await ca.issue([NAME], { key: first.key });
  expect(second.der).not.toEqual(first.der);
  expect(second.publicKeyDer).toEqual(first.publicKeyDer);
});

function day(days: number): Date {
  return new Date(Date.now() + days * 86_400_000);
}

/** Why a client does not believe the server; empty when it does. */
async function handshake(leaf: Leaf, trust: { readonly ca?: string; readonly name?: string } = {}): Promise<string> {
  const server = createServer({ key: leaf.key, cert: leaf.chain }, (socket) => socket.end());
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const socket = connect({ host: '127.0.0.1', port, servername: trust.name ?? NAME, ca: trust.ca ?? [] });
  try {
    return await new Promise<string>((resolve) => {
      socket.on('secureConnect', () => resolve(''));
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? String(error)));
    });
  } finally {
    socket.destroy();
    server.close();
  }
}
