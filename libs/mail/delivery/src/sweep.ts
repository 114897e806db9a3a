import { setTimeout as pause } from 'node:timers/promises';
import type { DeliveryContext } from './context.ts';
import { expireLate } from './expire-late.ts';
import { giveUpResting } from './give-up-overdue.ts';
import { Unheeded } from './unheeded.ts';
import { workArrived } from './work-arrived.ts';

/** What a sweep found, for logs and metrics. */
export interface Swept {
  readonly dueQueues: number;
  readonly recovered: number;
}

/**
 * Makes up for everything that the alarm clock forgot: wakes a lane of every queue in which something is due, and
 * recovers the recipients whose lease has ended. Returns what is late, where nobody comes by. Any number of processes may sweep at the same time.
 */
export async function sweep(
  context: DeliveryContext,
  unheeded = new Unheeded(),
  signal: AbortSignal = new AbortController().signal,
): Promise<Swept> {
  const recovered = await context.store.recoverLostLeases();
  if (recovered > 0)
    context.log.warn({ recovered }, 'leases ended without an outcome, their mail is due again and maybe delivered');
  await expireLate(context);
  await giveUpResting(context, signal);
  const due = await context.watch.look((among) => context.store.dueQueues(among));
  workArrived(
    due.map((queue) => queue.id),
    context,
  );
  unheeded.swept(due, context);
  return { dueQueues: due.length, recovered };
}

/** Sweeps every `everyMs` (a little jittered) until the signal aborts; a sweep that fails is told, and the next one comes. */
export async function keepSweeping(
  context: Parameters<typeof sweep>[0],
  options: { readonly everyMs: number; readonly signal: AbortSignal },
): Promise<void> {
  const unheeded = new Unheeded();
  while (!options.signal.aborted) {
    try {
      await sweep(context, unheeded, options.signal);
    } catch (cause) {
      context.log.warn({ err: cause }, 'sweep failed, the next one comes');
    }
    const waitMs = options.everyMs * (0.9 + 0.2 * context.random());
    await pause(waitMs, undefined, { signal: options.signal }).catch(() => undefined);
  }
}
