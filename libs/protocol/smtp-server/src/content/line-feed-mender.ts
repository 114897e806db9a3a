const CR = 0x0d;
const LF = 0x0a;
const DOT = 0x2e;

/** What a chunk became. */
export interface Mending {
  readonly octets: Buffer;
  /** What follows the end of mail data, as it came; undefined when the end has not come yet. */
  readonly rest: Buffer | undefined;
}

/**
 * Makes CRLF of every bare LF in mail data as it comes in, and leaves its end where it was: a dot between two true CRLFs.
 *
 * A line of one dot of which either line end was bare is stuffed, so that it is content and ends nothing: otherwise what
 * follows could be commands of whoever wrote the content (RFC 5321 §2.3.8, §4.1.1.4). Bare CR and NUL pass, and are
 * refused by who comes next.
 */
export class LineFeedMender {
  /** How the line before ended; `in-line`: a line has begun. */
  #after: 'crlf' | 'bare' | 'in-line' = 'crlf';
  /** `.` or `.CR` at the start of a line: what it means is in the octets to come. */
  #withheld: '' | '.' | '.\r' = '';
  #behindCr = false;

  push(chunk: Buffer): Mending {
    const out: number[] = [];
    for (let at = 0; at < chunk.length; at += 1) {
      const octet = chunk[at] ?? 0;
      if (this.#withheld === '') this.#take(octet, out);
      else if (this.#judgeDot(octet, out)) return { octets: Buffer.from(out), rest: chunk.subarray(at + 1) };
    }
    return { octets: Buffer.from(out), rest: undefined };
  }

  #take(octet: number, out: number[]): void {
    if (octet === DOT && this.#after !== 'in-line') {
      this.#withheld = '.';
      return;
    }
    if (octet === LF) {
      if (!this.#behindCr) out.push(CR);
      this.#after = this.#behindCr ? 'crlf' : 'bare';
      this.#behindCr = false;
    } else {
      this.#after = 'in-line';
      this.#behindCr = octet === CR;
    }
    out.push(octet);
  }

  /** The octet behind a dot that begins a line; whether mail data ends with it. */
  #judgeDot(octet: number, out: number[]): boolean {
    const begunBare = this.#after === 'bare';
    if (this.#withheld === '.' && octet === CR) {
      this.#withheld = '.\r';
      return false;
    }
    const whole = this.#withheld === '.\r';
    this.#withheld = '';
    this.#after = 'in-line';
    if (whole && octet === LF) {
      if (begunBare) out.push(DOT);
      out.push(DOT, CR, LF);
      this.#after = 'crlf';
      this.#behindCr = false;
      return !begunBare;
    }
    // A single dot is stuffed where its line ends bare, and where its line began bare unless the sender has stuffed it.
    const isStuffed = octet === DOT && !whole;
    if (octet === LF || (begunBare && !isStuffed)) out.push(DOT);
    out.push(DOT);
    this.#behindCr = whole;
    if (whole) out.push(CR);
    this.#take(isStuffed ? DOT : octet, out);
    return false;
  }
}
