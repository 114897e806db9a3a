/** What the abuse guard learns from and acts on. All reject with StoreUnavailable when the store does not answer. */
export interface GuardStore {
  /** Adds what was accepted to the current hour; answers of each submitter the hour so far, and what was learned before. */
  noteTraffic(traffic: readonly Traffic[]): Promise<readonly Learned[]>;

  /** Of each credential, how many recipients of its latest messages were delivered and how many bounced. */
  bounces(of: readonly { readonly submitterId: string; readonly since: Date }[]): Promise<readonly Bounces[]>;

  /** Raises an event about a departure, and holds new mail from now on if that is asked for. */
  depart(departure: Departure): Promise<void>;

  /** Forgets hours that are too old to be learned from. */
  forgetOldHours(): Promise<void>;
}

export interface Hour {
  readonly messages: number;
  readonly recipients: number;
  readonly newDomains: number;
  /** Recipients of messages from networks that are new to the submitter. */
  readonly fromNewNetwork: number;
}

export interface Traffic {
  readonly submitterId: string;
  readonly messages: number;
  readonly recipients: number;
  readonly fromNewNetwork: number;
  /** Recipient domains, each once. */
  readonly domains: readonly string[];
}

export interface Learned {
  readonly submitterId: string;
  readonly hour: Hour;
  /** Hours before in which it has sent. */
  readonly hours: number;
  readonly mostRecipients: number;
  readonly mostNewDomains: number;
}

export interface Bounces {
  readonly submitterId: string;
  readonly ended: number;
  readonly bounced: number;
}

export interface Departure {
  readonly submitterId: string;
  readonly kind: 'credential' | 'network';
  readonly name: string;
  readonly hold: boolean;
  /** What it was that departed, for operators. */
  readonly reasons: readonly string[];
}
