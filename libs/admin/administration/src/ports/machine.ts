import type { EnvironmentSetting } from '@postern/admin-contract';

/** The machine that answers: what it can reach, and what it has. No method rejects, and none tells a secret. */
export interface Machine {
  /** Of Postern, and of Node. */
  readonly version: string;
  /** The port that mail is delivered to: 25 outside of tests. */
  readonly deliveryPort: number;
  /** The variables of its environment, secrets only as set or not. */
  environment(): readonly EnvironmentSetting[];
  /** Whether a validating resolver is believed, and why or why not. */
  dnssec(): Promise<{ readonly believed: boolean; readonly because: string }>;
  certificate(): Promise<CertificateState>;
  /** The listeners of the services that this machine runs, and whether they take connections. */
  listeners(): Promise<readonly ListenerState[]>;
  /**
   * Opens a connection to a host, on the port of mail unless another is said, and closes it again. `forbidden`: special-use
   * space, where no mail host is reached; a smarthost, which an operator has named, may be there.
   */
  dial(address: string, port?: number): Promise<'open' | 'refused' | 'timeout' | 'unreachable' | 'forbidden'>;
  /** Whether the clock is kept right by the network's time; undefined when that cannot be told. */
  keepsTime(): Promise<boolean | undefined>;
  database(): Promise<DatabaseState>;
  /** Undefined: none is configured. */
  redis(): Promise<{ readonly fault: string | undefined } | undefined>;
  /** The space of the data directory; undefined when it cannot be told. */
  disk(): Promise<{ readonly freeOctets: number; readonly totalOctets: number } | undefined>;
}

export type CertificateState =
  | {
      readonly kind: 'found';
      /** Of the operator, or made by ourselves. */
      readonly made: 'given' | 'generated';
      readonly names: readonly string[];
      readonly validFrom: Date;
      readonly validTo: Date;
    }
  | { readonly kind: 'unusable'; readonly because: string };

export interface ListenerState {
  readonly service: string;
  readonly address: string;
  readonly open: boolean;
}

export type DatabaseState =
  | { readonly kind: 'away' }
  | {
      readonly kind: 'there';
      readonly version: string;
      readonly now: Date;
      /** On this machine, so that its clock is ours. */
      readonly here: boolean;
      /** Settings that a 250 relies on, as they are. */
      readonly settings: Readonly<Record<string, string>>;
    };
