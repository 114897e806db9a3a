import { encodeXtext, reply, type Reply } from '@postern/smtp';
import type { Extensions } from './extensions.ts';
import type { RecipientDsn, Transaction } from './transaction.ts';

/** The parameters of MAIL for what the message asks of a host that offers it: DSN, REQUIRETLS, MT-PRIORITY, DELIVERBY. */
export function mailRequests({ dsn, requireTls, priority, deliverBy }: Transaction, extensions: Extensions): string {
  let parameters = '';
  if (dsn && extensions.dsn) {
    if (dsn.ret !== undefined) parameters += ` RET=${dsn.ret}`;
    if (dsn.envid !== undefined) parameters += ` ENVID=${encodeXtext(dsn.envid)}`;
  }
  if (requireTls && extensions.requireTls) parameters += ' REQUIRETLS';
  if (priority !== undefined && extensions.mtPriority) parameters += ` MT-PRIORITY=${priority}`;
  if (deliverBy && extensions.deliverBy) {
    // RFC 2852 §4: what is left of the time; it may be below zero for those who are only to be told.
    const seconds = Math.max(-MAX_SECONDS, Math.min(MAX_SECONDS, deliverBy.seconds));
    parameters += ` BY=${seconds};${deliverBy.mode}${deliverBy.trace ? 'T' : ''}`;
  }
  return parameters;
}

/** The parameters of RCPT for a host that offers DSN: what the sender said, and nothing where it said nothing (RFC 3461 §5.2.1). */
export function rcptRequests(
  asked: RecipientDsn | undefined,
  { dsn }: Extensions,
  { smtpUtf8 }: { readonly smtpUtf8: boolean },
): string {
  if (!asked || !dsn) return '';
  const { notify } = asked;
  const orcpt = asked.orcpt === undefined || hasControls(asked.orcpt) ? undefined : asked.orcpt;
  const wanted = notify && (notify.length === 0 ? 'NEVER' : notify.join(','));
  return `${wanted ? ` NOTIFY=${wanted}` : ''}${orcpt === undefined ? '' : ` ORCPT=${writeOrcpt(orcpt, { smtpUtf8 })}`}`;
}

/** Why a host must not get a message, for what the message asks; undefined when it may. */
export function refuseRequests({ requireTls, deliverBy }: Transaction, extensions: Extensions): Reply | undefined {
  // RFC 8689 §4.2.1: a host that does not promise to go on in the same way gets nothing.
  if (requireTls && !extensions.requireTls) {
    return reply(550, '5.7.30', 'The message requires TLS all the way, and the mail host does not offer REQUIRETLS');
  }
  if (deliverBy?.mode !== 'R') return undefined;
  // RFC 2852 §4: nobody would return it in time.
  if (!extensions.deliverBy) {
    return reply(
      550,
      '5.3.3',
      'The message is to be returned when it is late, and the mail host does not offer DELIVERBY',
    );
  }
  const { minSeconds } = extensions.deliverBy;
  if (deliverBy.seconds <= 0 || deliverBy.seconds < minSeconds) {
    return reply(
      550,
      '5.4.7',
      `The message is to be delivered in ${deliverBy.seconds} s; the mail host needs ${minSeconds} s`,
    );
  }
  return undefined;
}

/** RFC 3461 §4.2; an address of type `utf-8` has a form of its own where UTF-8 itself cannot stand (RFC 6533 §3). */
function writeOrcpt(orcpt: string, { smtpUtf8 }: { readonly smtpUtf8: boolean }): string {
  const semicolon = orcpt.indexOf(';');
  const [type, address] = [orcpt.slice(0, semicolon), orcpt.slice(semicolon + 1)];
  if (type.toLowerCase() !== 'utf-8') return `${type};${encodeXtext(address)}`;
  if (smtpUtf8) return orcpt;
  // oxlint-disable-next-line no-control-regex -- the whole of ASCII
  return orcpt.replace(
    /[^\0-\x7f]/gu,
    (character) => `\\x{${character.codePointAt(0)?.toString(16).toUpperCase() ?? ''}}`,
  );
}

/** A line end would be a command of its own. Parameters are parsed where they come in; this is the last door. */
function hasControls(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what it is about
  return /[\0-\x1f\x7f]/.test(text);
}

/** RFC 2852 §4: nine digits. */
const MAX_SECONDS = 999_999_999;
