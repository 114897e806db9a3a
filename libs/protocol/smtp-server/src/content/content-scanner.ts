import { isAscii } from 'node:buffer';
import type { ContentSummary } from '../policy.ts';
import { EndFinder } from './end-finder.ts';

/** What a chunk brought. */
export interface Scan {
  /** Content without dot-stuffing; undefined when there is none, or when it is not wanted any more. */
  readonly content: Buffer | undefined;
  /** What follows the end of mail data; undefined when the end has not come yet. */
  readonly rest: Buffer | undefined;
}

/** Where the last chunk stopped. */
type Position = 'line-start' | 'in-line' | 'behind-cr';

const CR = 0x0d;
const LF = 0x0a;
const DOT = 0x2e;

/**
 * Reads mail data from octets as they come in (RFC 5321 §4.1.1.4, §4.5.2): takes the dot-stuffing off and finds the end.
 *
 * Only CRLF.CRLF ends mail data. A bare CR, a bare LF or a NUL makes the content stray: it ends where it truly ends, so
 * nothing in it is ever taken for a command, but no more of it is given out (RFC 5321 §2.3.8; the smuggling of mail
 * lives from servers that read `LF.LF` or `LF.CRLF` as an end).
 *
 * Works on the chunk as a string, since finding a character is faster there than in a Buffer, and looks at lines, not
 * at octets. A chunk is the scanner's to keep: dots are taken out in place, and what it gives out is a part of it.
 */
export class ContentScanner {
  #position: Position = 'line-start';
  /** `.` or `.CR` at the start of a line: what it means is in the next chunk. */
  #withheld: Buffer | undefined;
  /** Octets of the line that has begun. */
  #lineOctets = 0;
  #octets = 0;
  #longestLine = 0;
  #eightBit = 0;
  #stray = false;
  #finder: EndFinder | undefined;

  /** Whether the content had a bare CR, a bare LF or a NUL. */
  get isStray(): boolean {
    return this.#stray;
  }

  /** What is known of the content so far. */
  get summary(): ContentSummary {
    return { octets: this.#octets, longestLine: this.#longestLine, eightBit: this.#eightBit };
  }

  /** From here on only the end is looked for. */
  discard(): void {
    this.#finder ??= new EndFinder(this.#before());
  }

  push(chunk: Buffer): Scan {
    if (this.#finder) return this.#discarded(chunk);
    if (this.#withheld === undefined) return this.#scan(chunk);
    const whole = Buffer.concat([this.#withheld, chunk]);
    this.#withheld = undefined;
    return this.#scan(whole);
  }

  #scan(chunk: Buffer): Scan {
    const text = chunk.toString('latin1');
    let at = 0;
    let segment = 0;
    let written = 0;
    if (this.#position === 'behind-cr' && text.length > 0) {
      if (text.charCodeAt(0) !== LF) return this.#goStray(chunk, '\r');
      this.#endLine(0);
      at = 1;
    }
    while (at < text.length) {
      const lineStart = at;
      if (this.#position === 'line-start' && text.charCodeAt(at) === DOT) {
        if (at + 1 === text.length || (at + 2 === text.length && text.charCodeAt(at + 1) === CR)) {
          this.#withheld = Buffer.from(chunk.subarray(at));
          return { content: this.#give(chunk, text, { segment, written, end: at }), rest: undefined };
        }
        if (text.charCodeAt(at + 1) === CR) {
          if (text.charCodeAt(at + 2) !== LF) return this.#goStray(chunk.subarray(at), '\r\n');
          const content = this.#give(chunk, text, { segment, written, end: at });
          return { content, rest: chunk.subarray(at + 3) };
        }
        if (segment !== written) chunk.copyWithin(written, segment, at);
        written += at - segment;
        segment = ++at;
      }
      const lf = text.indexOf('\n', at);
      const cr = text.indexOf('\r', at);
      if (lf === -1) {
        if (cr !== -1 && cr !== text.length - 1) return this.#goStray(chunk.subarray(lineStart), this.#before());
        this.#position = cr === -1 ? 'in-line' : 'behind-cr';
        this.#lineOctets += (cr === -1 ? text.length : cr) - at;
        break;
      }
      if (cr === -1 || cr !== lf - 1) return this.#goStray(chunk.subarray(lineStart), this.#before());
      this.#endLine(cr - at);
      at = lf + 1;
    }
    return { content: this.#give(chunk, text, { segment, written, end: text.length }), rest: undefined };
  }

  #endLine(octets: number): void {
    this.#longestLine = Math.max(this.#longestLine, this.#lineOctets + octets);
    this.#lineOctets = 0;
    this.#position = 'line-start';
  }

  /** The chunk's content: what is written already, and the segment up to `end`. */
  #give(
    chunk: Buffer,
    text: string,
    { segment, written, end }: { segment: number; written: number; end: number },
  ): Buffer | undefined {
    const nul = text.indexOf('\0');
    if (nul !== -1 && nul < end) {
      this.#stray = true;
      this.discard();
      return undefined;
    }
    if (segment !== written) chunk.copyWithin(written, segment, end);
    const content = chunk.subarray(0, written + end - segment);
    this.#octets += content.length;
    if (!isAscii(content)) this.#eightBit += countEightBit(content);
    return content.length === 0 ? undefined : content;
  }

  #goStray(from: Buffer, before: string): Scan {
    this.#stray = true;
    this.#finder = new EndFinder(before);
    return this.#discarded(from);
  }

  #discarded(chunk: Buffer): Scan {
    const end = this.#finder?.push(chunk);
    return { content: undefined, rest: end === undefined ? undefined : chunk.subarray(end) };
  }

  /** The last octets, as far as they may belong to the end of mail data. */
  #before(): string {
    if (this.#position === 'in-line') return '';
    return this.#position === 'behind-cr' ? '\r' : `\r\n${this.#withheld?.toString('latin1') ?? ''}`;
  }
}

/** Each octet from 0x80 up, read as Latin-1, takes two octets in UTF-8. */
function countEightBit(octets: Buffer): number {
  return Buffer.byteLength(octets.toString('latin1'), 'utf8') - octets.length;
}
