import { replies } from '@postern/smtp';
import type { MailParameter } from './mail-parameters.ts';

/**
 * BY= says within how many seconds the message is to be delivered, and what happens otherwise (RFC 2852 §4): `R` returns
 * it, `N` tells the sender; a `T` behind it asks to hear of a host that takes the message and does not honour the time.
 */
export const deliverByParameter: MailParameter = (value) => {
  const [match, seconds, mode, trace] = /^([+-]?\d{1,9});([NR])(T?)$/i.exec(value ?? '') ?? [];
  if (match === undefined) {
    return { kind: 'refused', reply: replies.malformedArgument('Expected BY= as in BY=120;R or BY=120;NT') };
  }
  const deliverBy = {
    seconds: Number(seconds),
    mode: mode?.toUpperCase() === 'R' ? ('R' as const) : ('N' as const),
    trace: trace !== '',
  };
  // RFC 2852 §4: what must be returned when it is late cannot be late from the start.
  if (deliverBy.mode === 'R' && deliverBy.seconds <= 0) {
    return { kind: 'refused', reply: replies.malformedArgument('BY= with R needs a time above zero') };
  }
  return { kind: 'read', says: { deliverBy } };
};
