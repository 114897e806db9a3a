import type { Clock } from '@postern/queue';
import type { DatabaseCheck } from '../api-parts.ts';

export interface Readiness {
  readonly status: 'ok' | 'failing';
  /** Each thing that is needed, and what is wrong with it in words that hold no secret. */
  readonly checks: { readonly database: string; readonly clock: string };
}

const ANSWER_WITHIN_MS = 2_000;
/** Leases, expiries and signatures compare times of several machines. */
const CLOCK_MAY_DIFFER_MS = 5_000;

/** Whether what the API needs is there: the database, and a clock that agrees with it. */
export async function readiness({
  database,
  context: { clock },
}: {
  readonly database: DatabaseCheck;
  readonly context: { readonly clock: Clock };
}): Promise<Readiness> {
  const databaseNow = await within(ANSWER_WITHIN_MS, database.now());
  if (!databaseNow) return { status: 'failing', checks: { database: 'does not answer', clock: 'unknown' } };
  const differMs = Math.abs(clock.now().getTime() - databaseNow.getTime());
  if (differMs <= CLOCK_MAY_DIFFER_MS) return { status: 'ok', checks: { database: 'ok', clock: 'ok' } };
  const clockSays = `differs from the database's by ${Math.round(differMs / 1000)} s`;
  return { status: 'failing', checks: { database: 'ok', clock: clockSays } };
}

/** What a promise answers in time; undefined when it does not, or rejects. */
async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([promise.catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
}
