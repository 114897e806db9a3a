import type { PolicyStore } from './ports.ts';

/** How old the knowledge of what other processes have stored may be. */
const FRESH_MS = 10_000;
/** The clocks of processes differ; what is read twice does no harm. */
const OVERLAP_MS = 60_000;

/** Of which domains the store knows anything: few of all that get mail, so that the others cost it no question. */
export class StoredDomains {
  readonly #store: Pick<PolicyStore, 'stsChangedSince'>;
  readonly #domains = new Set<string>();
  #since = new Date(0);
  #until = 0;
  #reading: Promise<void> | undefined;

  constructor(store: Pick<PolicyStore, 'stsChangedSince'>) {
    this.#store = store;
  }

  /** Rejects when the store is away and was never asked. */
  async has(domain: string): Promise<boolean> {
    if (performance.now() > this.#until) {
      this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
      if (this.#until === 0) await this.#reading;
      else await this.#reading.catch(() => undefined);
    }
    return this.#domains.has(domain);
  }

  add(domain: string): void {
    this.#domains.add(domain);
  }

  async #read(): Promise<void> {
    const since = new Date(Date.now() - OVERLAP_MS);
    for (const domain of await this.#store.stsChangedSince(this.#since)) this.#domains.add(domain);
    this.#since = since;
    this.#until = performance.now() + FRESH_MS;
  }
}
