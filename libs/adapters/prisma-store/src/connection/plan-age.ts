const FIRST_MS = 250;
const LAST_MS = 10 * 60_000;

/**
 * When a connection plans its statements anew: soon after its start, and then each time after twice as long, up to ten
 * minutes.
 *
 * PostgreSQL keeps a plan until its tables are analysed. One that was made while a table had three rows reads the whole of
 * it for each call, rightly; a minute later, in a busy first minute, there are fifty thousand. Planning all of them again
 * takes some 10 ms.
 */
export class PlanAges {
  readonly #ages = new WeakMap<object, { sinceMs: number; forMs: number }>();

  /** Whether the plans of this connection are to be made anew now; then it is not asked for again for a while. */
  areOver(client: object, nowMs = performance.now()): boolean {
    const age = this.#ages.get(client);
    if (!age) {
      this.#ages.set(client, { sinceMs: nowMs, forMs: FIRST_MS });
      return false;
    }
    if (nowMs - age.sinceMs < age.forMs) return false;
    age.sinceMs = nowMs;
    age.forMs = Math.min(age.forMs * 2, LAST_MS);
    return true;
  }
}

/** Of all connections of this process. */
export const planAges = new PlanAges();

/** Makes PostgreSQL plan the prepared statements of a session again, each when it is used next. */
export const PLAN_ANEW = 'discard plans';
