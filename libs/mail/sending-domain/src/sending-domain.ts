import type { DkimAlgorithm } from '@postern/dkim';
import type { Domain } from '@postern/smtp';

/** A domain that mail is sent as, and signed for. */
export interface SendingDomain {
  readonly id: string;
  readonly name: Domain;
  /** Whether its keys also sign for sub-domains that have no row of their own. */
  readonly subDomains: boolean;
  /** Fields that are signed beside the usual ones, lower case. */
  readonly signedFields: readonly string[];
  /** A zone of ours that its selectors are CNAMEs into. */
  readonly delegatedTo: Domain | undefined;
  readonly rotateDays: number | undefined;
  /** How long the world must have seen a new key before it signs. */
  readonly settleSeconds: number;
  /** How long a key stays published after it has signed for the last time. */
  readonly retainSeconds: number;
}

/**
 * `pending`: to be published, does not sign. `active`: signs. `retired`: signs no more, and stays published for the mail that
 * is on its way. `revoked`: for good; its record may go.
 */
export const DKIM_KEY_STATES = ['pending', 'active', 'retired', 'revoked'] as const;
export type DkimKeyState = (typeof DKIM_KEY_STATES)[number];

/** One key of a sending domain, without what is secret. */
export interface DkimKey {
  readonly id: string;
  readonly selector: string;
  readonly algorithm: DkimAlgorithm;
  readonly bits: number;
  readonly state: DkimKeyState;
  /** As it stands in `p=`. */
  readonly publicKey: string;
  readonly createdAt: Date;
  /** Since when the world has seen its record, without a break. */
  readonly seenAt: Date | undefined;
  readonly activatedAt: Date | undefined;
  readonly retiredAt: Date | undefined;
  readonly revokedAt: Date | undefined;
}
