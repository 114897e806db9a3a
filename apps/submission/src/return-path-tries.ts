import type { Logger } from '@postern/observability';
import type { Store } from '@postern/prisma-store';
import type { Token } from '@postern/reports';

const EVERY_MS = 2_000;

/** Counts who is written to at the listener for bounces, and tells the store every two seconds: never for each try. */
export class ReturnPathTries {
  readonly #store: Pick<Store, 'returned'>;
  readonly #log: Logger;
  #tries = new Map<Token, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(store: Pick<Store, 'returned'>, log: Logger) {
    this.#store = store;
    this.#log = log;
  }

  count(token: Token): void {
    this.#tries.set(token, (this.#tries.get(token) ?? 0) + 1);
    this.#timer ??= setTimeout(() => void this.tell(), EVERY_MS).unref();
  }

  /** What could not be told is told next time. */
  async tell(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const told = this.#tries;
    this.#tries = new Map();
    try {
      await this.#store.returned.countTries(told);
    } catch (cause) {
      for (const [token, tries] of told) this.#tries.set(token, (this.#tries.get(token) ?? 0) + tries);
      this.#log.warn({ err: cause }, 'tries at return-paths not counted yet');
    }
  }
}
