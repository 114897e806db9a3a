import type { ScramVerifier } from '../scram/verifier.ts';

/** What a client showed to prove who it is, for someone who knows to judge. Never logged. */
export type Credentials = PasswordCredentials | ScramCredentials | TokenCredentials | CertificateCredentials;

/** A name and a secret, as PLAIN and LOGIN carry them. */
export interface PasswordCredentials {
  readonly mechanism: 'PLAIN' | 'LOGIN';
  readonly name: string;
  readonly secret: string;
}

/** A name, and whether the client has proved that it knows the name's password. */
export interface ScramCredentials {
  readonly mechanism: 'SCRAM-SHA-256' | 'SCRAM-SHA-256-PLUS';
  readonly name: string;
  /** The verifier that the proof fits; undefined: it fits none. */
  readonly proved: ScramVerifier | undefined;
}

/** A bearer token of an identity provider (RFC 6750). */
export interface TokenCredentials {
  readonly mechanism: 'OAUTHBEARER' | 'XOAUTH2';
  /** As whom the client wants to act; undefined: as whomever the token names. */
  readonly name: string | undefined;
  readonly token: string;
}

/** The certificate that the client showed in the TLS handshake. */
export interface CertificateCredentials {
  readonly mechanism: 'EXTERNAL';
  /** As whom the client wants to act; undefined: as whomever the certificate is for. */
  readonly name: string | undefined;
}
