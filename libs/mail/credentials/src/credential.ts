import type { ScramVerifier } from '@postern/sasl';
import type { Mailbox } from '@postern/smtp';
import type { CredentialName } from './credential-name.ts';
import type { SenderRule } from './sender-rule.ts';

/** `disabled` may be enabled again; `revoked` is for good. */
export const CREDENTIAL_STATES = ['active', 'disabled', 'revoked'] as const;
export type CredentialState = (typeof CREDENTIAL_STATES)[number];

/** A submission credential: what a client authenticates with, and what it may do then. */
export interface Credential {
  readonly id: string;
  readonly name: CredentialName;
  readonly state: CredentialState;
  readonly expiresAt: Date | undefined;
  readonly senderRules: readonly SenderRule[];
  /** The networks that it may be used from, as CIDRs; empty for any. */
  readonly networks: readonly string[];
}

/** A credential with what its secrets are checked against. Two secrets are good at a time while one is being rotated. */
export interface CredentialWithSecrets extends Credential {
  readonly secrets: readonly StoredSecret[];
}

export interface StoredSecret {
  /** What `hashSecret` made of it. */
  readonly hash: Uint8Array;
  /** What SCRAM checks it against; undefined for one that was stored before SCRAM was offered. */
  readonly scram?: ScramVerifier | undefined;
  readonly expiresAt: Date | undefined;
}

/** What else than a secret shows that a client is a credential's: a certificate, or a token of the OpenID provider. */
export const IDENTITY_KINDS = ['certificate', 'token'] as const;
export type IdentityKind = (typeof IDENTITY_KINDS)[number];

/** `certificate`: its SHA-256 fingerprint in hex. `token`: what its claim says. */
export interface Identity {
  readonly kind: IdentityKind;
  readonly value: string;
}

/** A network whose hosts may relay without a credential. */
export interface ListedNetwork {
  readonly id: string;
  readonly cidr: string;
  readonly senderRules: readonly SenderRule[];
  /** Whom devices of the network send as, whatever they say (only on a listener with the profile for devices). */
  readonly rewriteFrom?: Mailbox | undefined;
}
