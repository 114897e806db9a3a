import type { Clock } from '@postern/queue';

/** A clock that stands still until a test moves it. */
export interface SettableClock extends Clock {
  /** Moves both the time of day and the monotonic time on. */
  advance(durationMs: number): void;
  /** Sets the time of day alone, forwards or back, as an operator or NTP does. */
  set(time: Date | string): void;
}

/** A clock at the given time. */
export function settableClock(start: Date | string = '2026-01-01T00:00:00Z'): SettableClock {
  let timeMs = parse(start);
  let monotonicMs = 0;
  return {
    now: () => new Date(timeMs),
    monotonicMs: () => monotonicMs,
    advance(durationMs) {
      // The monotonic time never goes back, so neither does a clock that is moved with it.
      if (!(durationMs >= 0)) throw new RangeError(`A clock cannot advance by ${durationMs} ms`);
      timeMs += durationMs;
      monotonicMs += durationMs;
    },
    set(time) {
      timeMs = parse(time);
    },
  };
}

function parse(time: Date | string): number {
  const timeMs = new Date(time).getTime();
  if (Number.isNaN(timeMs)) throw new RangeError(`Not a time: ${String(time)}`);
  return timeMs;
}
