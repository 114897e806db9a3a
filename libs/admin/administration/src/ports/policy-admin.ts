import type { TlsRule } from '@postern/admin-contract';
import type { Slice } from './admin-store.ts';

/** Rules about the channel, and what deliveries proved, read. */
export interface PolicyReads {
  /** Rules by id, which is the order in which they were made; those that are over too. */
  listTlsRules(slice: Slice<string>): Promise<readonly TlsRule[]>;
  /** How many deliveries to a domain since then there were, and how many did not prove their mail host, and why not. */
  deliveriesByProof(domain: string, since: Date): Promise<ProofCounts>;
}

export interface ProofCounts {
  readonly deliveries: number;
  readonly unproved: number;
  /** The commonest first, bounded. */
  readonly reasons: readonly { readonly host: string | null; readonly why: string; readonly deliveries: number }[];
}

/** Rules about the channel, changed. */
export interface PolicyChanges {
  /** Undefined: the route or the credential is not there. */
  addTlsRule(rule: {
    readonly scope: TlsRule['scope'];
    readonly of: string;
    readonly channel: TlsRule['channel'];
    readonly minVersion: TlsRule['minVersion'];
    readonly ciphers: TlsRule['ciphers'];
    readonly allowExpired: boolean;
    readonly until: Date | null;
    readonly reason: string;
    readonly createdBy: string;
  }): Promise<TlsRule | undefined>;
  /** Undefined: it is not there. */
  removeTlsRule(id: string): Promise<TlsRule | undefined>;
}
