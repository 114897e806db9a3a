import type { SessionHandle } from '@postern/smtp-server';

const STEP_MS = 100;
const LONGEST_MS = 2_000;

/**
 * Makes a session that goes on trying at its limit wait for each answer a little longer than for the one before, so that
 * it costs the others nothing. The first refusal is answered at once.
 */
export class SlowRefusals {
  readonly #refusals = new WeakMap<SessionHandle, number>();

  /** Resolves when the refusal may be told. */
  async refused(session: SessionHandle): Promise<void> {
    const before = this.#refusals.get(session) ?? 0;
    this.#refusals.set(session, before + 1);
    if (before === 0) return;
    await new Promise((resolve) => setTimeout(resolve, Math.min(LONGEST_MS, STEP_MS * before)));
  }

  /** A message was let through: the session is in time again. */
  granted(session: SessionHandle): void {
    this.#refusals.delete(session);
  }
}
