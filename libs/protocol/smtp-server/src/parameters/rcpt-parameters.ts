import { parseParameters, replies, type Reply } from '@postern/smtp';
import type { Recipient } from '../policy.ts';
import { readNotify, readOrcpt } from './dsn.ts';

type RcptParameters = Omit<Recipient, 'forwardPath'>;

const NONE: RcptParameters = Object.freeze({});

/** Reads what follows the forward-path of RCPT (RFC 5321 §4.1.1.11): the parameters of DSN (RFC 3461 §4), and no others. */
export function readRcptParameters(
  rest: string,
  options: { readonly esmtp: boolean; readonly smtpUtf8: boolean },
):
  { readonly kind: 'read'; readonly parameters: RcptParameters } | { readonly kind: 'refused'; readonly reply: Reply } {
  if (rest === '') return { kind: 'read', parameters: NONE };
  const given = parseParameters(rest);
  if (!given) return refused(replies.malformedArgument('Malformed parameters'));
  let parameters = NONE;
  for (const [keyword, value] of given) {
    if (keyword === 'NOTIFY' && options.esmtp) {
      const notify = readNotify(value);
      if (!notify)
        return refused(replies.malformedArgument('Expected NOTIFY=NEVER, or a list of SUCCESS,FAILURE,DELAY'));
      parameters = { ...parameters, notify };
    } else if (keyword === 'ORCPT' && options.esmtp) {
      const orcpt = readOrcpt(value, options);
      if (orcpt === undefined)
        return refused(replies.malformedArgument('Expected ORCPT= as in ORCPT=rfc822;user@example.org, in xtext'));
      parameters = { ...parameters, orcpt };
    } else return refused(replies.unknownParameter(keyword));
  }
  return { kind: 'read', parameters };
}

function refused(reply: Reply): { readonly kind: 'refused'; readonly reply: Reply } {
  return { kind: 'refused', reply };
}
