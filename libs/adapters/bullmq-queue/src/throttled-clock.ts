import type { AlarmClock, Lane } from '@postern/queue';
import type { Queue } from 'bullmq';
import { deduplicationId, laneJob } from './lane-job.ts';

/** What a clock tells about its backend; pino's logger fits. */
export interface AlarmLog {
  warn(facts: object, event: string): void;
  info(facts: object, event: string): void;
}

export interface ThrottledClockOptions {
  readonly queue: Pick<Queue, 'addBulk'>;
  readonly log: AlarmLog;
  /** At most one wake-up of a lane in this time; one that comes earlier is sent at its end. */
  readonly perLaneMs?: number;
}

/**
 * Wakes lanes through BullMQ, in bulk, each lane at most once in a while.
 *
 * The first wake-up of a quiet lane goes out at once; those that follow within `perLaneMs` become one at its end. While
 * one request is under way the next gathers. A backend that is away costs the wake-ups of that time, and the sweep of
 * the delivery processes makes up for them.
 */
export function throttledClock({
  queue,
  log,
  perLaneMs = 500,
}: ThrottledClockOptions): AlarmClock & { close(): Promise<void> } {
  const sentAt = new Map<string, number>();
  const due = new Map<string, Lane>();
  let sending: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let away = false;
  let closed = false;

  return { wake, close };

  function wake(lane: Lane): void {
    if (closed) return;
    due.set(deduplicationId(lane), lane);
    pump();
  }

  function pump(): void {
    if (sending || closed) return;
    const now = performance.now();
    const ready = [...due].filter(([id]) => now - (sentAt.get(id) ?? -Infinity) >= perLaneMs);
    if (ready.length === 0) return later();
    for (const [id] of ready) {
      due.delete(id);
      sentAt.set(id, now);
    }
    sending = send(ready.map(([, lane]) => lane)).finally(() => {
      sending = undefined;
      forgetOld();
      pump();
    });
  }

  function later(): void {
    if (due.size === 0 || timer) return;
    const now = performance.now();
    const soonest = Math.min(...[...due.keys()].map((id) => (sentAt.get(id) ?? now) + perLaneMs - now));
    timer = setTimeout(
      () => {
        timer = undefined;
        pump();
      },
      Math.max(1, soonest),
    );
    timer.unref();
  }

  async function send(lanes: readonly Lane[]): Promise<void> {
    try {
      await queue.addBulk(lanes.map(laneJob));
      if (away) log.info({}, 'alarm clock is back');
      away = false;
    } catch (cause) {
      // The truth is in the store: the sweep wakes what is due when the backend is back.
      if (!away) log.warn({ err: cause }, 'alarm clock is away, the sweep will make up for it');
      away = true;
    }
  }

  function forgetOld(): void {
    if (sentAt.size < 20_000) return;
    const old = performance.now() - perLaneMs;
    for (const [id, at] of sentAt) if (at < old) sentAt.delete(id);
  }

  async function close(): Promise<void> {
    closed = true;
    clearTimeout(timer);
    // A backend that is away keeps the request open until it is back: do not wait for that.
    const patience = new Promise<void>((resolve) => setTimeout(resolve, 1_000).unref());
    await Promise.race([sending, patience]);
  }
}
