import type { SubmitterUsage } from '@postern/admin-contract';
import type { GuardMode, GuardThresholds, LimitName } from '@postern/credentials';

/** Settings that credentials and listed networks have in common, as they are changed: what is left out stays. */
export interface SubmitterChange {
  readonly note?: string | null;
  readonly owner?: string | null;
  readonly tag?: string | null;
  readonly routeId?: string | null;
  /** Null takes a limit away. */
  readonly limits?: { readonly [Name in LimitName]?: number | null };
  readonly guardMode?: GuardMode;
  readonly guardThresholds?: { readonly [Name in keyof GuardThresholds]?: number };
}

/** Of limits that are not set too: what was counted for them while they were. */
export type Usage = Omit<SubmitterUsage, 'used' | 'waiting'> & {
  readonly used: { readonly [Name in keyof SubmitterUsage['used']]: number };
};

/** Mail of a submitter that has not ended, commanded in batches: each call moves some of it, 0 when none is left. */
export interface SubmitterMail {
  /** Recipients that are queued, deferred or held. */
  countOpenMail(submitterId: string): Promise<number>;

  /** Recipients that lanes are sending to now. */
  countSending(submitterId: string): Promise<number>;

  /** What it uses of its limits now, and what the abuse guard has learned of it. */
  usageOf(submitterId: string): Promise<Usage>;
}

export interface SubmitterMailChanges {
  /** New mail is held no more, and what was sent until now is learned from. False: it was not held. */
  releaseSubmitter(kind: 'credential' | 'network', id: string): Promise<boolean>;
  /** Queued and deferred recipients to `held`. */
  holdMailOf(submitterId: string, most: number): Promise<number>;
  /** Queued, deferred and held recipients to `cancelled`. */
  cancelMailOf(submitterId: string, most: number): Promise<number>;
  /** Held recipients of messages since then back to where they were held from; answers the queues with them. */
  releaseMailOf(
    submitterId: string,
    of: { readonly since: Date; readonly most: number },
  ): Promise<{ readonly recipients: number; readonly queues: readonly number[] }>;
}
