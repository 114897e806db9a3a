import { hostname } from 'node:os';
import type { Logger } from './logger.ts';

/** How often the loop is asked for a sign of life, and how late that may be. */
const EVERY_MS = 250;
const MAY_BE_LATE_MS = 3_000;
/** For so long a block is still news to whoever asks about health. */
const NEWS_MS = 30_000;

/** What operators are told of a process that stood still. */
export interface Blocked {
  readonly kind: 'process.blocked';
  readonly severity: 'warning';
  readonly subject: { readonly kind: 'process'; readonly id: string; readonly name: string };
  readonly text: string;
  readonly facts: { readonly blockedMs: number; readonly pid: number };
}

export interface EventLoopWatch {
  /** How long this process stood still when it last did, within the last half minute; undefined: it did not. */
  blockedLately(): number | undefined;
  stop(): void;
}

/**
 * Notices that this process stood still: a computation without end, a machine that swaps, a signal. Nothing was answered
 * meanwhile, and locks and leases ran on; it is logged and raised when the process goes on.
 */
export function watchEventLoop(options: {
  readonly service: string;
  readonly log: Pick<Logger, 'error' | 'warn'>;
  readonly raise: (event: Blocked) => Promise<unknown>;
  readonly mayBeLateMs?: number;
}): EventLoopWatch {
  const { service, log, raise, mayBeLateMs = MAY_BE_LATE_MS } = options;
  const name = `${service} on ${hostname()}`;
  let last = performance.now();
  let blocked: { readonly ms: number; readonly at: number } | undefined;
  const timer = setInterval(() => {
    const now = performance.now();
    const blockedMs = Math.round(now - last - EVERY_MS);
    last = now;
    if (blockedMs < mayBeLateMs) return;
    blocked = { ms: blockedMs, at: now };
    log.error({ blockedMs }, 'the event loop was blocked');
    const subject = { kind: 'process', id: `${service}@${hostname()}`, name } as const;
    const text = `${name} stood still for ${(blockedMs / 1_000).toFixed(1)} s: nothing was answered meanwhile`;
    const facts = { blockedMs, pid: process.pid };
    raise({ kind: 'process.blocked', severity: 'warning', subject, text, facts }).catch((err: unknown) =>
      log.warn({ err }, 'no event raised of a blocked process'),
    );
  }, EVERY_MS);
  timer.unref();
  return {
    blockedLately: () => (blocked && performance.now() - blocked.at < NEWS_MS ? blocked.ms : undefined),
    stop: () => clearInterval(timer),
  };
}
