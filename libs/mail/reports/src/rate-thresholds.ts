import { RATE_THRESHOLDS } from '@postern/bounce';

/** When rates of a credential's mail are too high: failures and complaints in every hundred recipients that ended. */
export interface RateThresholds {
  readonly bounceWarning: number;
  readonly bounceCritical: number;
  readonly complaintWarning: number;
  readonly complaintCritical: number;
  /** How many recipients must have ended in an hour, or a day, for its rates to say something. */
  readonly floor: number;
}

const { least, bounced, complained } = RATE_THRESHOLDS;

export const DEFAULT_RATE_THRESHOLDS: RateThresholds = Object.freeze({
  bounceWarning: bounced.warning * 100,
  bounceCritical: bounced.critical * 100,
  complaintWarning: complained.warning * 100,
  complaintCritical: complained.critical * 100,
  floor: least,
});

export const RATE_THRESHOLD_NAMES = [
  'bounceWarning',
  'bounceCritical',
  'complaintWarning',
  'complaintCritical',
  'floor',
] as const satisfies readonly (keyof RateThresholds)[];

/** At which event a credential's new mail is held, if at any. */
export const HOLD_AT = ['off', 'warning', 'critical'] as const;

/** Blocks of us by one site, in ten minutes, that are a burst. */
export const BURST_OF_BLOCKS = 20;
