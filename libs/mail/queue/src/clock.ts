/** The time, as rules see it; tests move it. */
export interface Clock {
  now(): Date;
  /** Milliseconds that never go backwards; for durations, leases and deadlines inside this process. */
  monotonicMs(): number;
}

/** The machine's clock. */
export const systemClock: Clock = Object.freeze({
  now: () => new Date(),
  monotonicMs: () => performance.now(),
});
