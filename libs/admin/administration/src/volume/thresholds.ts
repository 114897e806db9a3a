import { RATE_THRESHOLDS } from '@postern/bounce';

const { least, bounced, complained } = RATE_THRESHOLDS;

/**
 * From which share on a rate of the whole gateway is worth a look, and from which it is bad; what is delivered counts below
 * them. A first try is often put off (greylisting), so a quarter of all attempts is nothing out of the ordinary.
 */
export const VOLUME_THRESHOLDS = Object.freeze({
  least,
  delivered: { warning: 1 - bounced.warning, critical: 1 - bounced.critical },
  deferred: { warning: 0.25, critical: 0.5 },
  bounced,
  complained,
});
