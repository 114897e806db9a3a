import { setTimeout as pause } from 'node:timers/promises';
import type { Clock, MessageId, NewMessage } from '@postern/queue';
import type { BounceStore, Decision, DueMessage } from './bounce-store.ts';
import { decide, type ReportContext } from './decide.ts';

/** Where reporting tells what happens; pino's logger fits. */
export interface ReportLog {
  info(facts: object, event: string): void;
  warn(facts: object, event: string): void;
}

/** Messages in one transaction at most. */
const BATCH = 50;
const EVERY_MINUTE_MS = 60_000;

/**
 * Does what is due because of how attempts ended, every `everyMs` and as long as there is more, until the signal aborts.
 * Any number of processes may; one at a time does it.
 */
export async function keepReporting(
  context: {
    readonly store: BounceStore;
    readonly clock: Clock;
    readonly log: ReportLog;
    /** A DSN waits in the queue of what was not looked up yet. */
    readonly accepted: () => void;
    /** How DSNs are signed, as of now; not at all when not given. */
    readonly signer?: () => Promise<(dsn: NewMessage) => Promise<NewMessage>>;
  } & Pick<ReportContext, 'hostname' | 'schedule'>,
  options: { readonly everyMs: number; readonly signal: AbortSignal },
): Promise<void> {
  let minuteMs = -Infinity;
  while (!options.signal.aborted) {
    let more = false;
    try {
      more = await report(context);
      await context.store.foldOutcomes();
      if (context.clock.monotonicMs() - minuteMs > EVERY_MINUTE_MS) {
        minuteMs = context.clock.monotonicMs();
        await context.store.measureDepth();
        await context.store.watchRates();
        const lifted = await context.store.liftSuppressions();
        if (lifted > 0) context.log.info({ lifted }, 'suppressions lifted');
      }
    } catch (cause) {
      context.log.warn({ err: cause }, 'reporting put off');
    }
    if (!more) await pause(options.everyMs, undefined, { signal: options.signal }).catch(() => undefined);
  }
}

/** Does one batch of what is due; whether there may be more. */
export async function report(context: Parameters<typeof keepReporting>[0]): Promise<boolean> {
  const { store, clock, hostname, schedule, log } = context;
  const sign = await context.signer?.();
  const told: { readonly messageId: MessageId; readonly dsnId: MessageId }[] = [];
  const deciding = (due: DueMessage): Decision => {
    const decision = decide(due, { hostname, schedule, now: clock.now() });
    if (decision.kind === 'done') told.push(...decision.dsns.map(({ id }) => ({ messageId: due.id, dsnId: id })));
    return decision;
  };
  const done = await store.doWork(deciding, BATCH, sign);
  if (done.dsns > 0) {
    // The message's life goes on under the id of its DSN.
    for (const each of told) log.info(each, 'sender told');
    context.accepted();
  }
  return done.messages >= BATCH;
}
