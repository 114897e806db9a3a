import { isAscii } from 'node:buffer';
import { MAX_LINE_OCTETS, reencodeLongLines } from '@postern/message';
import { reply, type Reply } from '@postern/smtp';

const CRLF = Buffer.from('\r\n');

/** A content whose lines are short enough now, in its two parts; `rest` begins with the empty line. */
export interface Shortened {
  readonly header: Buffer;
  readonly rest: Buffer;
  readonly isEightBit: boolean;
}

/**
 * Re-encodes a content that has lines over 998 octets, before it is signed: no host on the way can cut them then, which
 * would break what they say and the signature (RFC 5321 §4.5.3.1.6). Undefined where that cannot be done without harm.
 */
export function shortened(content: Buffer, headerOctets: number): Shortened | undefined {
  const header = content.subarray(0, headerOctets);
  const body = content.subarray(Math.min(content.length, headerOctets + CRLF.length));
  const short = reencodeLongLines({ header, body });
  return (
    short && {
      header: short.header,
      rest: Buffer.concat([CRLF, short.body]),
      isEightBit: !isAscii(short.header) || !isAscii(short.body),
    }
  );
}

/** What a client hears of lines that cannot be re-encoded. */
export function linesTooLong(longestLine: number): Reply {
  return reply(
    554,
    '5.6.0',
    `The message has a line of ${longestLine} octets: at most ${MAX_LINE_OCTETS} may be sent, and it could not be re-encoded without harm`,
  );
}
