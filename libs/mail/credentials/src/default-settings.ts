import type { SubmitterSettings } from './credential.ts';
import { DEFAULT_GUARD_THRESHOLDS } from './guard-settings.ts';

/** The settings of a credential or a listed network of which nothing was said: unlimited, and observed. */
export const DEFAULT_SETTINGS: Omit<SubmitterSettings, 'id' | 'senderRules'> = Object.freeze({
  limits: Object.freeze({}),
  tag: undefined,
  routeQueueId: undefined,
  guard: Object.freeze({
    mode: 'observe',
    thresholds: DEFAULT_GUARD_THRESHOLDS,
    heldSince: undefined,
    releasedAt: undefined,
    usualNetworks: Object.freeze([]),
  }),
});
