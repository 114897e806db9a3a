import { factsOf } from '@postern/bounce';
import type { AddressVerdict, DueMessage, DueRecipient } from './bounce-store.ts';

/** How many likely failures, of different messages, stand for a sure one; and for how long they count. */
export const LIKELY_FAILURES = 3;
export const STRIKES_COUNT_DAYS = 60;
/** How long a suppression lasts: an address may be given out again, a mailbox be opened again. */
export const SURE_DAYS = 180;
export const LIKELY_DAYS = 30;

/** An address as suppressions know it: in lower case, for no host of today tells `Bob` from `bob`. */
export function suppressionAddress(forwardPath: string): string {
  return forwardPath.toLowerCase();
}

/** The scope of a suppression that nobody asked for: senders of the same domain. Undefined for the null reverse-path. */
function automaticScope(reversePath: string): string | undefined {
  const at = reversePath.lastIndexOf('@');
  return at === -1 ? undefined : reversePath.slice(at).toLowerCase();
}

/**
 * What a failure proves about the address; undefined when nothing.
 *
 * Only the remote's reply to our own RCPT for this very recipient counts: what comes later speaks of the message, what comes
 * earlier of us, and what comes by mail can be forged. Only classes in which the address is gone count.
 */
export function addressVerdict(
  message: Pick<DueMessage, 'reversePath'>,
  recipient: DueRecipient,
): AddressVerdict | undefined {
  const { attempt, event, number, forwardPath, state } = recipient;
  const scope = automaticScope(message.reversePath);
  if (event !== 'failed' || state !== 'bounced' || !attempt?.class || scope === undefined) return undefined;
  const { reply, stage, class: bounceClass } = attempt;
  if (reply.from !== 'remote' || stage !== 'rcpt' || reply.code < 500) return undefined;
  const { suppression } = factsOf(bounceClass);
  if (suppression === 'never') return undefined;
  const evidence = `${reply.code} ${reply.enhanced ?? ''} ${reply.text}`.replace(/\s+/g, ' ').slice(0, 500);
  return { number, address: suppressionAddress(forwardPath), scope, class: bounceClass, weight: suppression, evidence };
}
