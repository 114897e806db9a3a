import { parseParameters, replies, type Reply } from '@postern/smtp';
import type { Client } from '../client.ts';
import type { MailParameters } from '../policy.ts';
import type { ServerLimits } from '../settings.ts';
import { authParameter } from './auth.ts';
import { bodyParameter } from './body.ts';
import { deliverByParameter } from './deliver-by.ts';
import { envidParameter, retParameter } from './dsn.ts';
import { holdForParameter, holdUntilParameter } from './future-release.ts';
import { mtPriorityParameter } from './mt-priority.ts';
import { requireTlsParameter } from './requiretls.ts';
import { sizeParameter } from './size.ts';
import { smtpUtf8Parameter } from './smtputf8.ts';

/** What a parameter says, or why it is refused; undefined where it is not known in this session. */
export type ParameterReading =
  | { readonly kind: 'read'; readonly says: Partial<MailParameters> }
  | { readonly kind: 'refused'; readonly reply: Reply }
  | undefined;

/** What parameters are judged by. */
export interface ParameterContext {
  readonly limits: ServerLimits;
  readonly client: Client;
  readonly now: () => Date;
}

export type MailParameter = (value: string | undefined, context: ParameterContext) => ParameterReading;

/** The parameters of MAIL that we know: one row for each. */
const MAIL_PARAMETERS: ReadonlyMap<string, MailParameter> = new Map([
  ['SIZE', sizeParameter],
  ['BODY', bodyParameter],
  ['AUTH', authParameter],
  ['SMTPUTF8', smtpUtf8Parameter],
  ['RET', retParameter],
  ['ENVID', envidParameter],
  ['REQUIRETLS', requireTlsParameter],
  ['MT-PRIORITY', mtPriorityParameter],
  ['BY', deliverByParameter],
  ['HOLDFOR', holdForParameter],
  ['HOLDUNTIL', holdUntilParameter],
]);

const NONE: MailParameters = Object.freeze({ sizeOctets: undefined, body: '7BIT', smtpUtf8: false });

/** Reads what follows the reverse-path of MAIL (RFC 5321 §4.1.1.11). */
export function readMailParameters(
  rest: string,
  context: ParameterContext,
):
  { readonly kind: 'read'; readonly parameters: MailParameters } | { readonly kind: 'refused'; readonly reply: Reply } {
  if (rest === '') return { kind: 'read', parameters: NONE };
  const given = parseParameters(rest);
  if (!given) return refused(replies.malformedArgument('Malformed parameters'));
  let parameters = NONE;
  for (const [keyword, value] of given) {
    // RFC 5321 §2.2.1: a client that said HELO has no extensions.
    const reading = context.client.esmtp ? MAIL_PARAMETERS.get(keyword)?.(value, context) : undefined;
    if (!reading) return refused(replies.unknownParameter(keyword));
    if (reading.kind === 'refused') return reading;
    parameters = { ...parameters, ...reading.says };
  }
  const conflict = whyConflict(given, parameters, context.now());
  return conflict === undefined ? { kind: 'read', parameters } : refused(replies.malformedArgument(conflict));
}

/** Parameters that cannot both be kept. */
function whyConflict(
  given: ReadonlyMap<string, string | undefined>,
  { deliverBy, releaseAt }: MailParameters,
  now: Date,
): string | undefined {
  // RFC 4865 §4: one of them.
  if (given.has('HOLDFOR') && given.has('HOLDUNTIL')) return 'HOLDFOR and HOLDUNTIL exclude each other';
  // What is late before it is released could only be returned.
  if (releaseAt && deliverBy?.mode === 'R' && now.getTime() + deliverBy.seconds * 1_000 <= releaseAt.getTime())
    return 'BY ends before the message is to be released';
  return undefined;
}

function refused(reply: Reply): { readonly kind: 'refused'; readonly reply: Reply } {
  return { kind: 'refused', reply };
}
