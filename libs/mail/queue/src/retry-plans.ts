import type { QueueId } from './delivery-queue.ts';
import { DEFAULT_RETRY_SCHEDULE, type RetrySchedule } from './retry-schedule.ts';

/** The retry schedules that operators set, by what mail they are for. */
export interface RetryPlans {
  readonly everything: RetrySchedule | undefined;
  /** Of the mail of a route or a site. */
  readonly byQueue: ReadonlyMap<QueueId, RetrySchedule>;
  /** Of the mail of a credential, because of its tag. */
  readonly byCredential: ReadonlyMap<string, RetrySchedule>;
}

export const NO_RETRY_PLANS: RetryPlans = Object.freeze({
  everything: undefined,
  byQueue: new Map(),
  byCredential: new Map(),
});

/** The schedule of a mail: what its sender's class of mail asks for, else what its next hop does, else the one of everything. */
export function scheduleOf(
  plans: RetryPlans,
  mail: { readonly queueId?: QueueId | undefined; readonly credentialId?: string | undefined },
): RetrySchedule {
  return (
    (mail.credentialId === undefined ? undefined : plans.byCredential.get(mail.credentialId)) ??
    (mail.queueId === undefined ? undefined : plans.byQueue.get(mail.queueId)) ??
    plans.everything ??
    DEFAULT_RETRY_SCHEDULE
  );
}
