import type { SecureContext } from 'node:tls';
import type { CertificateFacts, TlsFloor } from './key-pair.ts';
import { ownCertificate, type OwnCertificate, type OwnCertificateOptions } from './own-certificate.ts';

export type OwnCertificatesOptions = Omit<OwnCertificateOptions, 'certPath' | 'keyPath'> & {
  /** PEM files of each chain and its key, that for whoever asks for none of our names first; none has one generated. */
  readonly files: readonly { readonly certPath: string; readonly keyPath: string }[];
  /** PEM of the authorities whose word about the subjects of clients is taken. */
  readonly clientAuthorities?: string | undefined;
};

/** The certificates of our listeners, each always the newest that is of any use. */
export interface OwnCertificates {
  /** To be asked for each handshake, with the name that the client asks for (SNI): whatever that is. */
  secureContext(serverName: string | undefined, floor?: TlsFloor): SecureContext;
  /** Of the first. */
  facts(): CertificateFacts;
  close(): void;
}

/** Reads the certificates and keeps them fresh, as `ownCertificate` does with one. */
export async function ownCertificates({
  files,
  clientAuthorities,
  ...options
}: OwnCertificatesOptions): Promise<OwnCertificates> {
  const [first, ...more] = files;
  const own = [await ownCertificate({ ...options, ...first })];
  try {
    for (const each of more) own.push(await ownCertificate({ ...options, ...each }));
  } catch (error) {
    for (const each of own) each.close();
    throw error;
  }
  const [fallback = unreachable()] = own;
  return {
    secureContext: (serverName, floor) => (choose(own, serverName) ?? fallback).secureContext(floor, clientAuthorities),
    facts: () => fallback.facts(),
    close: () => own.forEach((each) => each.close()),
  };
}

/** The certificate for a name (RFC 6066 §3, RFC 6125 §6.4.3): one that has the name itself before one with a wildcard for it. */
function choose(own: readonly OwnCertificate[], serverName: string | undefined): OwnCertificate | undefined {
  if (serverName === undefined || serverName.length > 255 || own.length === 1) return undefined;
  const name = serverName.toLowerCase().replace(/\.$/, '');
  const wildcard = name.replace(/^[^.]+/, '*');
  return (
    own.find((each) => each.facts().names.includes(name)) ?? own.find((each) => each.facts().names.includes(wildcard))
  );
}

/** There is always one: without files it is generated. */
function unreachable(): never {
  throw new Error('no certificate');
}
