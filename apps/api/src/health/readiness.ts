import type { Machine } from '@postern/administration';
import type { Clock } from '@postern/queue';
import type { ApiParts, DatabaseCheck } from '../api-parts.ts';

export interface Readiness {
  readonly status: 'ok' | 'failing';
  /** Each thing that is needed, and what is wrong with it in words that hold no secret. */
  readonly checks: {
    readonly database: string;
    readonly clock: string;
    readonly alarmClock: string;
    readonly eventLoop: string;
  };
}

const ANSWER_WITHIN_MS = 2_000;
/** Leases, expiries and signatures compare times of several machines. */
const CLOCK_MAY_DIFFER_MS = 5_000;

/** Whether what is needed is there: the database, a clock that agrees with it, time of our own process, and a Redis that keeps its jobs, where there is one. */
export async function readiness({
  database,
  context: { clock, machine },
  eventLoop,
}: {
  readonly database: DatabaseCheck;
  readonly context: { readonly clock: Clock; readonly machine: Pick<Machine, 'redis'> };
  readonly eventLoop: ApiParts['eventLoop'];
}): Promise<Readiness> {
  const [databaseNow, alarmClock] = await Promise.all([
    within(ANSWER_WITHIN_MS, database.now()),
    within(ANSWER_WITHIN_MS, alarmClockState(machine)).then((state) => state ?? 'does not answer'),
  ]);
  const checks = { ...databaseChecks(databaseNow, clock), alarmClock, eventLoop: eventLoopState(eventLoop) };
  return { status: Object.values(checks).every((each) => each === 'ok') ? 'ok' : 'failing', checks };
}

function databaseChecks(databaseNow: Date | undefined, clock: Clock): { database: string; clock: string } {
  if (!databaseNow) return { database: 'does not answer', clock: 'unknown' };
  const differMs = Math.abs(clock.now().getTime() - databaseNow.getTime());
  if (differMs <= CLOCK_MAY_DIFFER_MS) return { database: 'ok', clock: 'ok' };
  return { database: 'ok', clock: `differs from the database's by ${Math.round(differMs / 1000)} s` };
}

function eventLoopState(eventLoop: ApiParts['eventLoop']): string {
  const blockedMs = eventLoop.blockedLately();
  return blockedMs === undefined ? 'ok' : `was blocked for ${(blockedMs / 1000).toFixed(1)} s`;
}

async function alarmClockState(machine: Pick<Machine, 'redis'>): Promise<string> {
  return (await machine.redis())?.fault ?? 'ok';
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
