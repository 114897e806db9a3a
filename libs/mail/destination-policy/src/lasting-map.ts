/** What is believed for a while and no longer: bounded in number, the oldest goes first. */
export class LastingMap<T> {
  readonly #entries = new Map<string, { readonly value: T; readonly until: number }>();
  readonly #lastMs: number;
  readonly #most: number;

  constructor(lastMs: number, most = 20_000) {
    this.#lastMs = lastMs;
    this.#most = most;
  }

  get(key: string): T | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.until > performance.now() ? entry.value : undefined;
  }

  set(key: string, value: T): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, until: performance.now() + this.#lastMs });
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#most && oldest !== undefined) this.#entries.delete(oldest);
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }
}
