import { DEFAULT_LIMITS, type PaceLimits } from './pace.ts';
import { providerNamed } from './providers.ts';

/** What an operator has set for one queue; what is not set follows from its provider, or is as for everyone. */
export interface SetLimits {
  readonly leastLanes: number | undefined;
  readonly mostLanes: number | undefined;
  readonly leastPerMinute: number | undefined;
  readonly mostPerMinute: number | undefined;
}

export const NOTHING_SET: SetLimits = Object.freeze({
  leastLanes: undefined,
  mostLanes: undefined,
  leastPerMinute: undefined,
  mostPerMinute: undefined,
});

/** The limits of a queue. A floor above its ceiling is the ceiling. */
export function limitsOf(queueName: string, set: SetLimits, defaults: PaceLimits = DEFAULT_LIMITS): PaceLimits {
  const known = providerNamed(queueName)?.limits;
  const lanes = { ...defaults.lanes, ...known?.lanes };
  const most = set.mostLanes ?? lanes.most;
  const least = Math.min(set.leastLanes ?? lanes.least, most);
  const mostPerMinute = set.mostPerMinute ?? defaults.ratePerMinute.most;
  const leastPerMinute = set.leastPerMinute ?? defaults.ratePerMinute.least;
  return {
    lanes: { least, most, first: Math.max(least, Math.min(lanes.first, most)) },
    ratePerMinute: { least: Math.min(leastPerMinute, mostPerMinute ?? Infinity), most: mostPerMinute },
    connection: { ...defaults.connection, ...known?.connection },
  };
}
