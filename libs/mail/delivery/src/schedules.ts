import type { ClaimedMessage, QueueId, RetrySchedule } from '@postern/queue';

/** The retry schedules as they are now. */
export interface Schedules {
  of(message: Pick<ClaimedMessage, 'queueId' | 'credentialId'>): RetrySchedule;

  /** Those that were set for routes and sites. */
  readonly byQueue: ReadonlyMap<QueueId, RetrySchedule>;

  /** Those of classes of mail, by the credentials that send it. */
  readonly byCredential: ReadonlyMap<string, RetrySchedule>;
}
