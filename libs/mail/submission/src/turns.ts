/**
 * Lets so many do something at the same time, and the others in the order in which they came.
 *
 * Large contents stage their chunks in turns, so that however many come in at once, the store's connections are never
 * all theirs, and nobody waits so long for one that the store seems to be away.
 */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(atOnce: number) {
    this.#free = atOnce;
  }

  /** Waits for a turn, acts, and gives the turn on, whatever came of it. */
  async take<Result>(act: () => Promise<Result>): Promise<Result> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await act();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
