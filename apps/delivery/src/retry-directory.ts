import type { Schedules } from '@postern/delivery';
import type { Logger } from '@postern/observability';
import type { RetryStore } from '@postern/prisma-store';
import { type ClaimedMessage, NO_RETRY_PLANS, type RetryPlans, type RetrySchedule, scheduleOf } from '@postern/queue';

const EVERY_MS = 2_000;

/** The retry schedules as they were a moment ago: an attempt that ends does not wait for the store. */
export class RetryDirectory implements Schedules {
  readonly #store: RetryStore;
  readonly #log: Logger;
  #plans: RetryPlans = NO_RETRY_PLANS;

  constructor(store: RetryStore, log: Logger) {
    this.#store = store;
    this.#log = log;
    void this.#refresh();
  }

  of(message: Pick<ClaimedMessage, 'queueId' | 'credentialId'>): RetrySchedule {
    return scheduleOf(this.#plans, message);
  }

  get byQueue(): RetryPlans['byQueue'] {
    return this.#plans.byQueue;
  }

  get byCredential(): RetryPlans['byCredential'] {
    return this.#plans.byCredential;
  }

  async #refresh(): Promise<void> {
    try {
      this.#plans = await this.#store.plans();
    } catch (cause) {
      this.#log.debug({ err: cause }, 'retry schedules not read, those of before are good');
    }
    setTimeout(() => void this.#refresh(), EVERY_MS).unref();
  }
}
