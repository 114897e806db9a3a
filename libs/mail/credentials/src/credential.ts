import type { ScramVerifier } from '@postern/sasl';
import type { Mailbox } from '@postern/smtp';
import type { CredentialName } from './credential-name.ts';
import type { GuardMode, GuardThresholds } from './guard-settings.ts';
import type { SubmitterLimits } from './limits.ts';
import type { SenderRule } from './sender-rule.ts';

/** `disabled` may be enabled again; `revoked` is for good. */
export const CREDENTIAL_STATES = ['active', 'disabled', 'revoked'] as const;
export type CredentialState = (typeof CREDENTIAL_STATES)[number];

/** What a credential and a listed network have in common: as whom, how much and where to. */
export interface SubmitterSettings {
  readonly id: string;
  readonly senderRules: readonly SenderRule[];
  readonly limits: SubmitterLimits;
  /** A word that routes can choose its mail by. */
  readonly tag: string | undefined;
  /** The delivery queue of the route that all of its mail takes. */
  readonly routeQueueId: number | undefined;
  readonly guard: Guard;
}

export interface Guard {
  readonly mode: GuardMode;
  readonly thresholds: GuardThresholds;
  /** Since when its new mail is held; undefined while it is not. */
  readonly heldSince: Date | undefined;
  /** When an operator last said that what it sends is as it should be. */
  readonly releasedAt: Date | undefined;
  /** Networks that it was used from before, as `networkOf` names them, the latest first. */
  readonly usualNetworks: readonly string[];
}

/** A submission credential: what a client authenticates with, and what it may do then. */
export interface Credential extends SubmitterSettings {
  readonly name: CredentialName;
  readonly state: CredentialState;
  readonly expiresAt: Date | undefined;
  /** The networks that it may be used from, as CIDRs; empty for any. */
  readonly networks: readonly string[];
  /** Where its recipients unsubscribe: a URI with places, put into messages that have none. */
  readonly unsubscribe?: string | undefined;
}

/** A credential with what its secrets are checked against. Two secrets are good at a time while one is being rotated. */
export interface CredentialWithSecrets extends Credential {
  readonly secrets: readonly StoredSecret[];
}

export interface StoredSecret {
  readonly id: string;
  /** What `hashSecret` made of it. */
  readonly hash: Uint8Array;
  /** What SCRAM checks it against; undefined for one that was stored before SCRAM was offered. */
  readonly scram?: ScramVerifier | undefined;
  readonly expiresAt: Date | undefined;
}

/** What else than a secret shows that a client is a credential's: a certificate, or a token of the OpenID provider. */
export const IDENTITY_KINDS = ['certificate', 'token', 'subject'] as const;
export type IdentityKind = (typeof IDENTITY_KINDS)[number];

/** `certificate`: its SHA-256 fingerprint in hex. `token`: what its claim says. `subject`: of a certificate that a client authority of ours has issued. */
export interface Identity {
  readonly kind: IdentityKind;
  readonly value: string;
}

/** A network whose hosts may relay without a credential. */
export interface ListedNetwork extends SubmitterSettings {
  readonly cidr: string;
  /** Whom devices of the network send as, whatever they say (only on a listener with the profile for devices). */
  readonly rewriteFrom?: Mailbox | undefined;
}
