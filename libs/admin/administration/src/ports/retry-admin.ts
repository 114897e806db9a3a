import type { RetryPlan } from '@postern/admin-contract';

/** Retry plans, read. */
export interface RetryReads {
  listRetryPlans(): Promise<readonly RetryPlan[]>;
}

/** Retry plans, commanded. */
export interface RetryChanges {
  /** Takes the place of what was set for the same mail. */
  setRetryPlan(plan: Omit<RetryPlan, 'id'>): Promise<RetryPlan>;

  /** Undefined: there is none. */
  removeRetryPlan(id: string): Promise<RetryPlan | undefined>;
}
