const TICK_MS = 1000;
/** Below this the difference between the two clocks is the time that the page took to arrive. */
const SKEW_MS = 20_000;

/** The time as a page shows it, told to every component that shows it. */
export interface Ticker {
  readonly subscribe: (tell: () => void) => () => void;
  readonly nowMs: () => number;
  /** The time of the first paint, by the server's clock: what the server wrote, and hydration must find. */
  readonly firstMs: () => number;
  /** Goes on from here by the browser's clock, or by the server's where the browser's is wrong; the answer stops it. */
  readonly start: () => () => void;
}

/**
 * Makes a ticker.
 *
 * It is no state of a component above the page: that would reach into parts that are still being hydrated, and make
 * React throw away what the server has written there.
 */
export function createTicker(serverNowMs: number): Ticker {
  const listeners = new Set<() => void>();
  let nowMs = serverNowMs;
  return {
    subscribe: (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    nowMs: () => nowMs,
    firstMs: () => serverNowMs,
    start: () => {
      const difference = serverNowMs - Date.now();
      const skewMs = Math.abs(difference) > SKEW_MS ? difference : 0;
      const timer = setInterval(() => {
        nowMs = Date.now() + skewMs;
        for (const tell of listeners) tell();
      }, TICK_MS);
      return () => clearInterval(timer);
    },
  };
}
