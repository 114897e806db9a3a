import type { Ledger, Order } from '@postern/admin-contract';
import type { AccountChanges, AccountReads, SignInTries } from './account-admin.ts';
import type { ApiKeyChanges, ApiKeyReads } from './api-key-admin.ts';
import type { AuditReads } from './audit-admin.ts';
import type { AuditEntry } from './audit-entry.ts';
import type { BounceChanges, BounceReads } from './bounce-admin.ts';
import type { CredentialChanges, CredentialReads } from './credential-admin.ts';
import type { EventChanges, EventReads } from './event-admin.ts';
import type { IdentityChanges, IdentityReads } from './identity-admin.ts';
import type { InvitationChanges, InvitationReads } from './invitation-admin.ts';
import type { MessageChanges, MessageReads } from './message-admin.ts';
import type { NetworkChanges, NetworkReads } from './network-admin.ts';
import type { OperationChanges, OperationReads } from './operation-admin.ts';
import type { PasskeyChanges, PasskeyReads } from './passkey-admin.ts';
import type { PolicyChanges, PolicyReads } from './policy-admin.ts';
import type { TlsReportChanges, TlsReportReads } from './tls-report-admin.ts';
import type { QueueChanges, QueueReads } from './queue-admin.ts';
import type { RequestChanges, RequestReads } from './request-admin.ts';
import type { RetryChanges, RetryReads } from './retry-admin.ts';
import type { RouteChanges, RouteReads } from './route-admin.ts';
import type { SourceChanges, SourceReads } from './source-admin.ts';
import type { SuspensionChanges, SuspensionReads } from './suspension-admin.ts';
import type { SavedViewChanges, SavedViewReads } from './saved-view-admin.ts';
import type { DomainChanges, DomainReads } from './sending-domain-admin.ts';
import type { VolumeReads } from './volume-admin.ts';
import type { SubmitterMail, SubmitterMailChanges } from './submitter-admin.ts';

/**
 * What the verbs of operators need of the store. Lists answer items in a stable order behind `after`, at most `limit`;
 * every method rejects with StoreUnavailable when the store does not answer.
 */
export interface AdminStore
  extends
    PolicyReads,
    TlsReportReads,
    QueueReads,
    SuspensionReads,
    MessageReads,
    OperationReads,
    CredentialReads,
    EventReads,
    IdentityReads,
    NetworkReads,
    RouteReads,
    SourceReads,
    DomainReads,
    RetryReads,
    AccountReads,
    PasskeyReads,
    ApiKeyReads,
    AuditReads,
    SignInTries,
    InvitationReads,
    RequestReads,
    BounceReads,
    SavedViewReads,
    VolumeReads,
    SubmitterMail {
  ledger(): Promise<Ledger>;

  /** The fingerprint of the secret that this database was first used with: the one given, when it is the first. */
  secretFingerprint(given: string): Promise<string>;

  /** Runs changes in one transaction: when the work rejects, nothing was changed. */
  change<T>(work: (changes: AdminChanges) => Promise<T>): Promise<T>;
}

/** What can be changed inside a transaction; the reads see what was changed before them. */
export interface AdminChanges
  extends
    PolicyChanges,
    TlsReportChanges,
    QueueChanges,
    SuspensionChanges,
    MessageChanges,
    OperationChanges,
    CredentialChanges,
    EventChanges,
    IdentityChanges,
    NetworkChanges,
    RouteChanges,
    SourceChanges,
    RetryChanges,
    DomainChanges,
    AccountChanges,
    PasskeyChanges,
    ApiKeyChanges,
    RequestChanges,
    InvitationChanges,
    BounceChanges,
    SavedViewChanges,
    SubmitterMailChanges {
  /** Adds a row to the audit. Rows are never changed or removed. */
  audit(entry: AuditEntry): Promise<void>;
}

/** Where a list goes on, and how far. */
export interface Slice<Key> {
  /** The key of the last item seen; undefined from the start. */
  readonly after: Key | undefined;
  readonly limit: number;
}

/** The same of a list that goes either way. */
export interface OrderedSlice<Key> extends Slice<Key> {
  readonly order: Order;
}
