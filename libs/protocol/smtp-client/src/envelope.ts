import { reply, type Reply } from '@postern/smtp';
import type { Extensions } from './extensions.ts';
import { mailRequests, rcptRequests, refuseRequests } from './requests.ts';
import type { RecipientEnd, Transaction } from './transaction.ts';

/** A transaction's commands, and the recipients that need none because this host cannot take them. */
export interface Envelope {
  readonly mail: string;
  readonly rcpts: readonly string[];
  /** For each RCPT, which recipient of the transaction it is. */
  readonly indices: readonly number[];
  /** For each recipient, its end where that is known before a word is said. */
  readonly ends: (RecipientEnd | undefined)[];
}

/** Writes MAIL and RCPT for a host (RFC 5321 §4.1.1.2, §4.1.1.3), or refuses what it does not take. */
export function writeEnvelope(transaction: Transaction, extensions: Extensions): Envelope {
  const { recipients, reversePath } = transaction;
  const needsUtf8 = transaction.smtpUtf8 || !isAscii(reversePath) || !recipients.every(isAscii);
  const smtpUtf8 = needsUtf8 && extensions.smtpUtf8;
  const whole = refuseMessage(transaction, extensions);
  const indices: number[] = [];
  const rcpts: string[] = [];
  const ends = recipients.map((path, index) => {
    const refusal = whole ?? refuseRecipient(path, { extensions, before: rcpts.length });
    if (refusal) return refusedLocally(refusal);
    indices.push(index);
    rcpts.push(`RCPT TO:<${path}>${rcptRequests(transaction.dsn?.recipients[index], extensions, { smtpUtf8 })}\r\n`);
    return undefined;
  });
  return { mail: mailCommand(transaction, extensions, { smtpUtf8 }), rcpts, indices, ends };
}

function mailCommand(transaction: Transaction, extensions: Extensions, { smtpUtf8 }: { smtpUtf8: boolean }): string {
  const { reversePath, sizeOctets, body } = transaction;
  let command = `MAIL FROM:<${reversePath}>`;
  if (extensions.size) command += ` SIZE=${sizeOctets}`;
  // Content with 8-bit octets goes as it is also where 8BITMIME is not offered: RFC 6152 §3 would have it converted, which
  // breaks signatures, or refused, and hosts that are not 8-bit clean are no longer met.
  if (body === '8BITMIME' && extensions.eightBitMime) command += ' BODY=8BITMIME';
  if (smtpUtf8) command += ' SMTPUTF8';
  return `${command}${mailRequests(transaction, extensions)}\r\n`;
}

function refuseMessage(transaction: Transaction, extensions: Extensions): Reply | undefined {
  const { reversePath, sizeOctets } = transaction;
  if (!isSafe(reversePath)) return reply(553, '5.1.7', 'The reverse-path has characters that no command can carry');
  // RFC 6531 §3.2: mail that needs SMTPUTF8 goes only to hosts that offer it.
  if ((transaction.smtpUtf8 || !isAscii(reversePath)) && !extensions.smtpUtf8) return NEEDS_SMTPUTF8;
  const { maxSizeOctets } = extensions;
  // RFC 1870 §5: no need to send what the host has said it will not take.
  if (maxSizeOctets !== undefined && sizeOctets > maxSizeOctets) {
    return reply(552, '5.3.4', `The message has ${sizeOctets} octets, and the mail host takes ${maxSizeOctets}`);
  }
  return refuseRequests(transaction, extensions);
}

function refuseRecipient(
  path: string,
  { extensions, before }: { extensions: Extensions; before: number },
): Reply | undefined {
  if (!isSafe(path) || path === '')
    return reply(553, '5.1.3', 'The forward-path has characters that no command can carry');
  if (!isAscii(path) && !extensions.smtpUtf8) return NEEDS_SMTPUTF8;
  const { rcptMax } = extensions.limits;
  // RFC 9422 §4.2: what goes over the limit goes in another transaction.
  if (rcptMax !== undefined && before >= rcptMax)
    return reply(452, '4.5.3', `The mail host takes ${rcptMax} recipients at a time`);
  return undefined;
}

const NEEDS_SMTPUTF8 = reply(553, '5.6.7', 'The mail host does not take internationalized mail (SMTPUTF8)');

function refusedLocally(because: Reply): RecipientEnd {
  return {
    kind: 'refused',
    severity: because.code < 500 ? 'transient' : 'permanent',
    from: 'local',
    stage: 'mail',
    reply: because,
  };
}

function isAscii(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- the whole of ASCII
  return !/[^\0-\x7f]/.test(text);
}

/** A line end inside a path would be a command of its own. Paths are parsed where they come in; this is the last door. */
function isSafe(path: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what it is about
  return !/[\0-\x1f\x7f]/.test(path) && path.length <= MAX_PATH_CHARACTERS;
}

/** RFC 5321 §4.5.3.1.3 has 256 octets. */
const MAX_PATH_CHARACTERS = 512;
