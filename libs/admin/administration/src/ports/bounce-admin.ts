import type { BounceHistory, BounceRate, BounceSettings, ReturnedReport, Suppression } from '@postern/admin-contract';
import type { Rule } from '@postern/bounce';
import type { AttemptStage } from '@postern/queue';
import type { OrderedSlice, Slice } from './admin-store.ts';

export interface SuppressionFilter {
  readonly contains?: string | undefined;
  readonly class?: string | undefined;
  readonly source?: Suppression['source'] | undefined;
}

export interface SuppressionQuery extends SuppressionFilter {
  readonly sort: SuppressionKey['sort'];
}

export interface ReturnedFilter {
  readonly message?: string | undefined;
  readonly kind?: ReturnedReport['kind'] | undefined;
  readonly effect?: ReturnedReport['effect'] | undefined;
}

export interface RateQuery {
  readonly by: 'class' | 'site' | 'credential' | 'network' | 'domain' | 'source' | 'time';
  readonly since: Date;
  readonly until: Date;
  readonly credentialId: string | undefined;
  readonly networkId: string | undefined;
  readonly domain: string | undefined;
  readonly queueId: number | undefined;
  readonly class: string | undefined;
  readonly source: string | undefined;
  /** The span whose rollups are read; undefined: as fine as is of use. */
  readonly span: 'minute' | 'hour' | 'day' | undefined;
}

/** A failed attempt as it is stored. */
export interface StoredReply {
  readonly messageId: string;
  readonly number: number;
  readonly leaseToken: string;
  readonly from: 'remote' | 'local';
  readonly code: number;
  readonly enhanced: string | undefined;
  readonly text: string;
  readonly stage: AttemptStage;
  readonly host: string | undefined;
  readonly class: string | undefined;
}

/** Where a list of suppressions is: by when they were made, or by address. */
export type SuppressionKey =
  | { readonly sort: 'created'; readonly id: string }
  | { readonly sort: 'address'; readonly address: string; readonly scope: string };

/** Which recipients that bounced or expired; what is undefined filters nothing. */
export interface EndedFilter extends Omit<RateQuery, 'by' | 'span' | 'since' | 'until'> {
  readonly since: Date | undefined;
  readonly until: Date | undefined;
  readonly outcome: EndedBounce['outcome'] | undefined;
}

export type EndedKey = Pick<EndedBounce, 'messageId' | 'number'>;

export interface EndedBounces {
  readonly items: readonly EndedBounce[];
  /** The last recipient that was looked at; undefined when the page is full or there is nothing more. */
  readonly searchedTo: EndedKey | undefined;
}

/** A recipient that bounced or expired, with the attempt that ended it. */
export interface EndedBounce {
  readonly messageId: string;
  readonly number: number;
  readonly at: string;
  readonly reversePath: string;
  readonly credential: string | null;
  readonly site: string;
  readonly source: string | null;
  readonly outcome: 'bounced' | 'expired';
  readonly forwardPath: string;
  readonly class: string | null;
  readonly code: number;
  readonly enhanced: string | null;
  readonly text: string;
  readonly host: string | null;
}

export interface StoredRules {
  readonly version: number;
  readonly rules: readonly Rule[];
  readonly createdAt: Date;
  readonly createdBy: string;
}

/** Bounces and suppressions, read. */
export interface BounceReads {
  listSuppressions(slice: OrderedSlice<SuppressionKey>, query: SuppressionQuery): Promise<readonly Suppression[]>;
  countSuppressions(filter: SuppressionFilter): Promise<number>;
  bounceSettings(credentialId: string): Promise<BounceSettings>;
  bounceRates(query: RateQuery): Promise<readonly BounceRate[]>;
  /** Over time, for the `limit` keys that failed most, and one more for all others. */
  bounceHistory(query: RateQuery & { readonly limit: number }): Promise<Pick<BounceHistory, 'span' | 'items'>>;
  /** By id, which is the order in which they came. */
  listReturnedReports(slice: OrderedSlice<string>, filter: ReturnedFilter): Promise<readonly ReturnedReport[]>;
  /** How many recipients were tried at the listener for bounces, by what their token was. */
  returnPathTries(): Promise<ReadonlyMap<string, number>>;
  /** The rules that were activated last; undefined: those that ship. */
  activeRules(): Promise<StoredRules | undefined>;
  /**
   * Recipients that bounced or expired, those of the youngest messages first: of so many as can be looked at in one go, and
   * where it stopped when that was before there were as many as were asked for.
   */
  endedBounces(slice: Slice<EndedKey>, filter: EndedFilter): Promise<EndedBounces>;
  rulesOf(version: number): Promise<StoredRules | undefined>;
  /** The latest first; `after` is the version of the last one seen. */
  listRules(slice: Slice<number>): Promise<readonly StoredRules[]>;
  /** Failed attempts, those of the youngest messages first. */
  failedReplies(
    slice: Slice<Pick<StoredReply, 'messageId' | 'number' | 'leaseToken'>>,
  ): Promise<readonly StoredReply[]>;
}

/** Bounces and suppressions, changed. */
export interface BounceChanges {
  /** Those that were not there yet. */
  addSuppressions(
    given: readonly (Pick<Suppression, 'address' | 'scope' | 'source' | 'evidence' | 'createdBy'> & {
      readonly until: Date | null;
    })[],
  ): Promise<readonly Suppression[]>;
  removeSuppression(id: string): Promise<Suppression | undefined>;
  removeSuppressions(filter: SuppressionFilter): Promise<number>;
  setBounceSettings(credentialId: string, settings: BounceSettings): Promise<void>;
  /** Adds a rule set under the next version, and makes it the active one. */
  activateRules(rules: readonly Rule[], createdBy: string): Promise<StoredRules>;
  reclassify(
    changes: readonly (Pick<StoredReply, 'messageId' | 'number' | 'leaseToken'> & {
      readonly class: string;
      readonly rule: string;
    })[],
  ): Promise<void>;
}
