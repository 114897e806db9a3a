import { setTimeout as pause } from 'node:timers/promises';
import { makeReports, type MakeContext, type Unreported } from './make-reports.ts';
import { type SendContext, sendReports } from './send-reports.ts';
import type { SessionResults } from './session-results.ts';

const DAY_MS = 86_400_000;
/** How long results and reports are kept. */
const KEPT_DAYS = 60;
const MAX_ROUNDS = 200;

/** Writes what was counted, makes the reports of days that are over and sends what is due, until the signal aborts. */
export async function keepTlsReporting(
  context: MakeContext & SendContext & { readonly results: SessionResults },
  options: { readonly flushMs: number; readonly reportMs: number; readonly signal: AbortSignal },
): Promise<void> {
  const { results, store, log, now } = context;
  let reportAt = 0;
  while (!options.signal.aborted) {
    try {
      await results.flush(store);
      if (performance.now() >= reportAt) {
        reportAt = performance.now() + options.reportMs;
        await reportOnce(context);
        await store.forget(new Date(now().getTime() - KEPT_DAYS * DAY_MS).toISOString().slice(0, 10));
      }
    } catch (cause) {
      log.warn({ err: cause }, 'TLS reporting put off');
    }
    await pause(options.flushMs, undefined, { signal: options.signal }).catch(() => undefined);
  }
  await results.flush(store).catch((cause: unknown) => log.warn({ err: cause }, 'TLS results forgotten'));
}

/** Makes and sends all that is due now. */
export async function reportOnce(context: MakeContext & SendContext): Promise<void> {
  // Who could not be asked is taken again when all others were: fifty dead domains must not keep the rest from their reports.
  const later: Unreported[] = [];
  try {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const made = await makeReports(context);
      later.push(...made.later);
      if (made.asked === 0) break;
    }
  } finally {
    for (const { day, domain } of later) await context.store.putOff(day, domain);
  }
  for (let round = 0; round < MAX_ROUNDS && (await sendReports(context)) > 0; round += 1);
}
