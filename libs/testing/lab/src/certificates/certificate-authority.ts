import { X509Certificate } from 'node:crypto';
import { type CertificateRequest, type KeyAndCertificate, makeCertificate } from './openssl.ts';

/** What a certificate for a host may be asked to be; by default a good one for the names. */
export type LeafOptions = Pick<CertificateRequest, 'commonName' | 'keyType' | 'key' | 'notBefore' | 'notAfter'>;

/** A host's certificate, with what TLS servers and TLSA records need of it. */
export interface Leaf {
  /** PEM. */
  readonly key: string;
  readonly certificate: string;
  /** The certificate and its issuers up to the root, without the root. */
  readonly chain: string;
  /** The root's certificate, to put at the end of the chain or to trust. */
  readonly root: string;
  /** The certificate and its SubjectPublicKeyInfo in DER: TLSA selectors 0 and 1. */
  readonly der: Buffer;
  readonly publicKeyDer: Buffer;
}

/** An authority that issues certificates for tests. */
export interface CertificateAuthority {
  /** Its own certificate, PEM and DER. */
  readonly certificate: string;
  readonly der: Buffer;
  readonly publicKeyDer: Buffer;
  /** A certificate for these domains and addresses. */
  issue(names: readonly string[], options?: LeafOptions): Promise<Leaf>;
  /** A certificate for a client of this name. */
  issueClient(commonName: string, options?: LeafOptions): Promise<Leaf>;
  /** An authority that this one vouches for. */
  intermediate(name: string, options?: LeafOptions): Promise<CertificateAuthority>;
}

/** Makes an authority with a key of its own; two of the same name are different authorities. */
export async function certificateAuthority(
  name = 'Lab Root',
  options: LeafOptions = {},
): Promise<CertificateAuthority> {
  const own = await makeCertificate({ ...options, names: [], commonName: name, kind: 'authority' });
  return authority(own, []);
}

/** A certificate that vouches for itself. */
export async function selfSigned(names: readonly string[], options: LeafOptions = {}): Promise<Leaf> {
  return leaf(await makeCertificate({ ...options, names, kind: 'host' }), []);
}

/** `above` are the issuers of `own`, the nearest first, the root last. */
function authority(own: KeyAndCertificate, above: readonly KeyAndCertificate[]): CertificateAuthority {
  const issuers = [own, ...above];
  return {
    certificate: own.certificate,
    ...inDer(own),
    async issue(names, options = {}) {
      return leaf(await makeCertificate({ ...options, names, kind: 'host', issuer: own }), issuers);
    },
    async issueClient(commonName, options = {}) {
      const request = { ...options, names: [], commonName, kind: 'client', issuer: own } as const;
      return leaf(await makeCertificate(request), issuers);
    },
    async intermediate(name, options = {}) {
      const request = { ...options, names: [], commonName: name, kind: 'authority', issuer: own } as const;
      return authority(await makeCertificate(request), issuers);
    },
  };
}

function leaf(own: KeyAndCertificate, issuers: readonly KeyAndCertificate[]): Leaf {
  const chain = [own, ...issuers.slice(0, -1)].map(({ certificate }) => certificate).join('');
  return { ...own, chain, root: issuers.at(-1)?.certificate ?? own.certificate, ...inDer(own) };
}

function inDer({ certificate }: KeyAndCertificate): { readonly der: Buffer; readonly publicKeyDer: Buffer } {
  const parsed = new X509Certificate(certificate);
  return { der: parsed.raw, publicKeyDer: parsed.publicKey.export({ type: 'spki', format: 'der' }) };
}
