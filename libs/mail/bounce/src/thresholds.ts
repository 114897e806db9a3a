/**
 * From which share of what ended on a rate is worth a look, and from which it is bad: large providers refuse senders whose
 * complaints pass 0.3 %. Of fewer than `least` recipients no share says anything.
 */
export const RATE_THRESHOLDS = Object.freeze({
  least: 100,
  bounced: { warning: 0.05, critical: 0.1 },
  complained: { warning: 0.001, critical: 0.005 },
});
