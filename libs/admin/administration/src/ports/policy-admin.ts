import type { TlsRule } from '@postern/admin-contract';

/** Rules about the channel, and what deliveries proved, read. */
export interface PolicyReads {
  /** All rules, in the order in which they were made; those that are over too. */
  listTlsRules(): Promise<readonly TlsRule[]>;
  /** How many deliveries to a domain since then proved their mail host, and why the others did not; the commonest first, bounded. */
  deliveriesByProof(domain: string, since: Date): Promise<readonly ProofCount[]>;
}

export interface ProofCount {
  readonly host: string | null;
  readonly proved: boolean;
  readonly why: string;
  readonly deliveries: number;
}

/** Rules about the channel, changed. */
export interface PolicyChanges {
  /** Undefined: the route or the credential is not there. */
  addTlsRule(rule: {
    readonly scope: TlsRule['scope'];
    readonly of: string;
    readonly channel: TlsRule['channel'];
    readonly minVersion: TlsRule['minVersion'];
    readonly allowExpired: boolean;
    readonly until: Date | null;
    readonly reason: string;
    readonly createdBy: string;
  }): Promise<TlsRule | undefined>;
  /** Undefined: it is not there. */
  removeTlsRule(id: string): Promise<TlsRule | undefined>;
}
