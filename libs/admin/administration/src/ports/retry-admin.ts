import type { RetryPlan } from '@postern/admin-contract';

/** Retry plans, read. */
export interface RetryReads {
  listRetryPlans(): Promise<readonly RetryPlan[]>;
}

/** Retry plans, commanded. */
export interface RetryChanges {
  /** Takes the place of what was set for the same mail. Undefined: there are `most` others. */
  setRetryPlan(plan: Omit<RetryPlan, 'id'>, most: number): Promise<RetryPlan | undefined>;

  /** Undefined: there is none. */
  removeRetryPlan(id: string): Promise<RetryPlan | undefined>;
}
