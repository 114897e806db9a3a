import type { QueueTrouble, Trend, Volume } from '@postern/admin-contract';

/** A time in steps of equal length; the first begins at `since`. */
export interface VolumeQuery {
  readonly since: Date;
  readonly until: Date;
  readonly stepSeconds: number;
}

/** Whose trends are asked for: those of delivery queues, or of those who submit (credentials and listed networks). */
export interface TrendQuery {
  readonly of: 'queue' | 'submitter';
  readonly ids: readonly string[];
  readonly since: Date;
  readonly hours: number;
}

/** What became of mail over a time, read from what was added up. */
export interface VolumeReads {
  /** Every step of the time has its point, also where nothing happened. */
  volume(query: VolumeQuery): Promise<Pick<Volume, 'points' | 'total' | 'tls'>>;

  /** The queues with the most failures first, then the busiest. */
  troubles(query: Omit<VolumeQuery, 'stepSeconds'> & { readonly limit: number }): Promise<readonly QueueTrouble[]>;

  /** Hour by hour from `since` on, of those of the ids for which something ended: ids of queues, or of submitters. */
  trends(query: TrendQuery): Promise<readonly Trend[]>;
}
