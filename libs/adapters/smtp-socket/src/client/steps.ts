/** How long each step took: each begins where the one before ended, and what comes twice adds up. */
export class Steps {
  readonly ms: Record<string, number> = {};
  #sinceMs = performance.now();

  book(step: string): void {
    const nowMs = performance.now();
    this.ms[step] = (this.ms[step] ?? 0) + nowMs - this.#sinceMs;
    this.#sinceMs = nowMs;
  }
}
