import type { ClaimedMessage, RetrySchedule } from '@postern/queue';

/** The retry schedules as they are now. */
export interface Schedules {
  of(message: Pick<ClaimedMessage, 'queueId' | 'credentialId'>): RetrySchedule;
}
