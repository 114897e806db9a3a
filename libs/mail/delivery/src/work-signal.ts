import type { QueueId } from '@postern/queue';

/**
 * Tells lanes of this process that something has become due, so that an idle lane looks at once instead of waiting.
 *
 * One signal wakes one waiting lane, the one that waited the shortest (its connection is the freshest); a lane that
 * finds more than it can carry calls the next. A signal that finds no lane waiting can be left for the next one that
 * comes to wait.
 */
export class WorkSignal {
  readonly #waiting = new Map<QueueId, (() => void)[]>();
  readonly #left = new Map<QueueId, NodeJS.Timeout>();

  /** Wakes one lane that waits for this queue; false when none does. */
  tell(queueId: QueueId): boolean {
    const waiting = this.#waiting.get(queueId);
    const wake = waiting?.pop();
    if (waiting?.length === 0) this.#waiting.delete(queueId);
    wake?.();
    return wake !== undefined;
  }

  /** Leaves a signal for the next lane that comes to wait; when none has come in time, calls `otherwise` instead. */
  leave(queueId: QueueId, patienceMs: number, otherwise: () => void): void {
    if (this.#left.has(queueId)) return;
    const timer = setTimeout(() => {
      this.#left.delete(queueId);
      otherwise();
    }, patienceMs);
    this.#left.set(queueId, timer.unref());
  }

  /** Waits until this lane is told of work, the time is over, or the signal aborts; true when there is work. */
  wait(queueId: QueueId, timeoutMs: number, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted || timeoutMs <= 0) return Promise.resolve(false);
    if (this.#takeLeft(queueId)) return Promise.resolve(true);
    return new Promise((resolve) => {
      const end = (told: boolean) => () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        this.#forget(queueId, wake);
        resolve(told);
      };
      const wake = end(true);
      const stop = end(false);
      const timer = setTimeout(stop, timeoutMs);
      signal.addEventListener('abort', stop, { once: true });
      const waiting = this.#waiting.get(queueId);
      if (waiting) waiting.push(wake);
      else this.#waiting.set(queueId, [wake]);
    });
  }

  #takeLeft(queueId: QueueId): boolean {
    clearTimeout(this.#left.get(queueId));
    return this.#left.delete(queueId);
  }

  #forget(queueId: QueueId, wake: () => void): void {
    const waiting = this.#waiting.get(queueId);
    const at = waiting?.indexOf(wake) ?? -1;
    if (!waiting || at < 0) return;
    waiting.splice(at, 1);
    if (waiting.length === 0) this.#waiting.delete(queueId);
  }
}
