import { parseParameters, replies, type Reply } from '@postern/smtp';
import type { MailParameters } from '../policy.ts';
import type { ServerLimits } from '../settings.ts';
import { authParameter } from './auth.ts';
import { bodyParameter } from './body.ts';
import { sizeParameter } from './size.ts';

/** What a parameter says, or why it is refused. */
export type ParameterReading =
  | { readonly kind: 'read'; readonly says: Partial<MailParameters> }
  | { readonly kind: 'refused'; readonly reply: Reply };

export type MailParameter = (value: string | undefined, limits: ServerLimits) => ParameterReading;

/** The parameters of MAIL that we know: one row for each extension that has one. */
const MAIL_PARAMETERS: ReadonlyMap<string, MailParameter> = new Map([
  ['SIZE', sizeParameter],
  ['BODY', bodyParameter],
  ['AUTH', authParameter],
]);

const NONE: MailParameters = Object.freeze({ sizeOctets: undefined, body: '7BIT' });

/** Reads what follows the reverse-path of MAIL (RFC 5321 §4.1.1.11). */
export function readMailParameters(
  rest: string,
  { esmtp, limits }: { readonly esmtp: boolean; readonly limits: ServerLimits },
):
  { readonly kind: 'read'; readonly parameters: MailParameters } | { readonly kind: 'refused'; readonly reply: Reply } {
  if (rest === '') return { kind: 'read', parameters: NONE };
  const given = parseParameters(rest);
  if (!given) return { kind: 'refused', reply: replies.malformedArgument('Malformed parameters') };
  let parameters = NONE;
  for (const [keyword, value] of given) {
    // RFC 5321 §2.2.1: a client that said HELO has no extensions.
    const reading = esmtp ? MAIL_PARAMETERS.get(keyword)?.(value, limits) : undefined;
    if (!reading) return { kind: 'refused', reply: replies.unknownParameter(keyword) };
    if (reading.kind === 'refused') return reading;
    parameters = { ...parameters, ...reading.says };
  }
  return { kind: 'read', parameters };
}
