import { admitSignIn, type EventToRaise } from '@postern/administration';
import type { ApiParts } from '../api-parts.ts';
import { ProblemException } from '../gate/problem.exception.ts';

/** Hears a try that shows a secret, unless too many failed from there; it counts as failed until `succeeded` is called. */
export async function admitted(
  { store, log }: Pick<ApiParts, 'store' | 'log'>,
  who: { readonly email: string; readonly address: string },
): Promise<{ readonly succeeded: () => Promise<void> }> {
  const admission = await admitSignIn(store, who);
  if (admission.kind === 'admitted') return admission;
  log.warn({ address: who.address }, 'sign-in throttled');
  await tell(store, who.address);
  const minutes = Math.ceil(admission.retryAfterSeconds / 60);
  throw new ProblemException('too-many-requests', `Too many tries failed; try again in ${minutes} minutes`, admission);
}

/** Whoever guesses decides how often; a write for each try would be another way to wear the database out. */
const TELL_EVERY_MS = 10_000;
const toldAtMs = new WeakMap<object, number>();

async function tell(store: ApiParts['store'], address: string): Promise<void> {
  const now = performance.now();
  if (now - (toldAtMs.get(store) ?? -Infinity) < TELL_EVERY_MS) return;
  toldAtMs.set(store, now);
  await store.change((changes) => changes.raiseEvent(throttled(address)));
}

/** One event for all of it, told again: whoever guesses decides from how many addresses. */
function throttled(address: string): EventToRaise {
  return {
    kind: 'sign-in.throttled',
    severity: 'warning',
    subject: { kind: 'sign-in', id: 'console', name: 'to the console' },
    text: `Too many tries failed, the last from ${address}; what comes after them is refused unheard for a while`,
    facts: { address },
  };
}
