import { readNumbers } from './limits.ts';

/** What the abuse guard does about a strong departure from what it has learned. */
export const GUARD_MODES = ['off', 'observe', 'hold'] as const;
export type GuardMode = (typeof GUARD_MODES)[number];

/** When what a submitter sends counts as a strong departure. */
export interface GuardThresholds {
  /** Hours in which it has sent before anything is judged. */
  readonly learnHours: number;
  /** Recipients in an hour: so many times the most in an hour learned, and never fewer than the floor. */
  readonly volumeFactor: number;
  readonly volumeFloor: number;
  /** Recipient domains in an hour that it had not written to before: the same. */
  readonly newDomainsFactor: number;
  readonly newDomainsFloor: number;
  /** Recipients in an hour of messages from networks that are new to it. */
  readonly newNetworkFloor: number;
  /** Bounced of every hundred recipients that ended lately, and how many must have ended for that to count. */
  readonly bouncePercent: number;
  readonly bounceFloor: number;
}

export const DEFAULT_GUARD_THRESHOLDS: GuardThresholds = Object.freeze({
  learnHours: 24,
  volumeFactor: 5,
  volumeFloor: 500,
  newDomainsFactor: 5,
  newDomainsFloor: 100,
  newNetworkFloor: 200,
  bouncePercent: 30,
  bounceFloor: 100,
});

const GUARD_THRESHOLD_NAMES = [
  'learnHours',
  'volumeFactor',
  'volumeFloor',
  'newDomainsFactor',
  'newDomainsFloor',
  'newNetworkFloor',
  'bouncePercent',
  'bounceFloor',
] as const satisfies readonly (keyof GuardThresholds)[];

/** Thresholds as the store keeps them: those that were set, over the defaults. */
export function readThresholds(stored: unknown): GuardThresholds {
  return { ...DEFAULT_GUARD_THRESHOLDS, ...readNumbers(GUARD_THRESHOLD_NAMES, stored) };
}
