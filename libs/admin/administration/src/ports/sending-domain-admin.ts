import type {
  BulkFacts,
  DkimKey,
  DkimKeyState,
  DomainCheck,
  KnownSendingDomain,
  NewDkimKey,
  SendingDomain,
  SentMail,
  SentMessage,
} from '@postern/sending-domain';
import type { OrderedSlice } from './admin-store.ts';

/** Sending domains, read. */
export interface DomainReads {
  /** Sending domains by name. */
  listDomains(query: DomainQuery): Promise<readonly KnownSendingDomain[]>;

  findDomain(reference: DomainReference): Promise<KnownSendingDomain | undefined>;

  /** Domains with a key that waits to be seen, or whose last check is older than this. */
  domainsToKeep(checkedBefore: Date): Promise<readonly KnownSendingDomain[]>;

  /** What was sent as a domain in the last 7 days, of the latest messages of all; as its sub-domains too where it signs for them. */
  sentAs(domain: Pick<SendingDomain, 'name' | 'subDomains'>): Promise<readonly SentMail[]>;

  /** What receivers look at in a message; undefined when there is none. */
  sentMessage(id: string): Promise<SentMessage | undefined>;

  /** What a credential sent in the last 7 days. */
  bulkFacts(credentialId: string): Promise<BulkFacts>;

  /** The sealed private half of a key; undefined when there is no such key, or it is revoked. */
  sealedDkimKey(domainId: string, selector: string): Promise<Buffer | undefined>;
}

export interface DomainQuery extends OrderedSlice<string> {
  readonly nameContains: string | undefined;
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

  /** Adds a key, in place of a revoked one of its selector. Undefined: its selector is in use. */
  addDkimKey(domainId: string, key: NewDkimKey): Promise<DkimKey | undefined>;

  /** Moves a key to a state and notes when. False: it was not in `from` any more. */
  moveDkimKey(move: { readonly id: string; readonly from: DkimKeyState; readonly to: DkimKeyState }): Promise<boolean>;

  /** Notes since when the world sees a pending key's record, or that it does not. */
  noteDkimKeySeen(id: string, seenAt: Date | undefined): Promise<void>;

  /** Changes settings; what is left out stays. Undefined: there is none. */
  updateDomain(id: string, change: DomainSettings): Promise<KnownSendingDomain | undefined>;

  /** Keeps what a check found, and raises or resolves the domain's event when what fails is another than in the check before. */
  keepDomainCheck(
    domain: Pick<KnownSendingDomain, 'id' | 'name' | 'check'>,
    found: DomainCheck & { readonly checkedAt: Date },
  ): Promise<void>;
}

/** What may be changed about a sending domain. */
export interface DomainSettings {
  readonly subDomains?: boolean;
  readonly signedFields?: readonly string[];
  /** Null: when an operator says so. */
  readonly rotateDays?: number | null;
  readonly settleSeconds?: number;
  readonly retainSeconds?: number;
}
