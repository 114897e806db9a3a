import type {
  BulkFacts,
  DkimKey,
  DkimKeyState,
  KnownSendingDomain,
  NewDkimKey,
  SendingDomain,
  SentMail,
} from '@postern/sending-domain';
import type { Slice } from './admin-store.ts';

/** Sending domains, read. */
export interface DomainReads {
  /** Sending domains by name. */
  listDomains(slice: Slice<string>): Promise<readonly KnownSendingDomain[]>;

  findDomain(reference: DomainReference): Promise<KnownSendingDomain | undefined>;

  /** Domains with a key that waits to be seen, or whose last check is older than this. */
  domainsToKeep(checkedBefore: Date): Promise<readonly KnownSendingDomain[]>;

  /** What was sent as a domain in the last 7 days, of the latest messages of all. */
  sentAs(domain: string): Promise<readonly SentMail[]>;

  /** What a credential sent in the last 7 days. */
  bulkFacts(credentialId: string): Promise<BulkFacts>;

  /** The sealed private half of a key; undefined when there is no such key, or it is revoked. */
  sealedDkimKey(domainId: string, selector: string): Promise<Buffer | undefined>;
}

export type DomainReference = { readonly id: string } | { readonly name: string };

/** Sending domains, changed. */
export interface DomainChanges {
  /** A domain as it is after what was changed. */
  readDomain(id: string): Promise<KnownSendingDomain | undefined>;

  /** Adds a sending domain with its first keys. Undefined: it is one already. */
  addDomain(
    domain: Omit<SendingDomain, 'id'> & { readonly keys: readonly NewDkimKey[] },
  ): Promise<KnownSendingDomain | undefined>;

  /** False: there is none. */
  removeDomain(id: string): Promise<boolean>;

  /** Undefined: the domain has a key of this selector already. */
  addDkimKey(domainId: string, key: NewDkimKey): Promise<DkimKey | undefined>;

  /** Moves a key to a state and notes when. False: it was not in `from` any more. */
  moveDkimKey(move: { readonly id: string; readonly from: DkimKeyState; readonly to: DkimKeyState }): Promise<boolean>;

  /** Notes since when the world sees a pending key's record, or that it does not. */
  noteDkimKeySeen(id: string, seenAt: Date | undefined): Promise<void>;

  /** Gives a delegated selector free: forgets a key that is revoked. */
  forgetDkimKey(id: string): Promise<void>;

  /** Keeps what a check found. */
  keepDomainCheck(id: string, check: { readonly checkedAt: Date; readonly found: unknown }): Promise<void>;
}
