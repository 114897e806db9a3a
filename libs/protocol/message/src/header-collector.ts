/** How far a header section has come. */
export type Collected =
  | { readonly kind: 'more' }
  /** `header` followed by `rest` is what was pushed; `rest` begins with the empty line. */
  | { readonly kind: 'complete'; readonly header: Buffer; readonly rest: Buffer }
  | { readonly kind: 'too-big' };

const MORE: Collected = Object.freeze({ kind: 'more' });
const TOO_BIG: Collected = Object.freeze({ kind: 'too-big' });
const BORDER = Buffer.from('\r\n\r\n');

/**
 * Gathers the header section from the front of a content that comes in chunks, up to the empty line (RFC 5322 §2.1).
 *
 * Linear in the octets, however small the chunks, and never holds more than twice `maxOctets`. The content's line ends
 * must be CRLF already.
 */
export class HeaderCollector {
  readonly #maxOctets: number;
  #gathered: Buffer = Buffer.alloc(0);
  #length = 0;

  constructor(maxOctets: number) {
    this.#maxOctets = maxOctets;
  }

  /** Takes the next chunk. Not to be called again once it answered anything but `more`. */
  push(chunk: Buffer): Collected {
    if (this.#length === 0) {
      const border = borderOf(chunk, 0);
      if (border !== undefined) return this.#complete(chunk, border);
    }
    if (this.#length + chunk.length > this.#maxOctets + BORDER.length) return this.#beyondLimit(chunk);
    this.#append(chunk);
    const all = this.#gathered.subarray(0, this.#length);
    const border = borderOf(all, this.#length - chunk.length - BORDER.length);
    return border === undefined ? MORE : this.#complete(all, border);
  }

  /** The content ended without an empty line: all of it is the header section. */
  end(): Collected {
    return this.#complete(this.#gathered.subarray(0, this.#length), this.#length);
  }

  #complete(octets: Buffer, border: number): Collected {
    if (border > this.#maxOctets) return TOO_BIG;
    return { kind: 'complete', header: octets.subarray(0, border), rest: octets.subarray(border) };
  }

  /** The chunk is too big to keep, but the border may stand early in it. */
  #beyondLimit(chunk: Buffer): Collected {
    const all = Buffer.concat([this.#gathered.subarray(0, this.#length), chunk]);
    const border = borderOf(all, this.#length - BORDER.length);
    return border === undefined ? TOO_BIG : this.#complete(all, border);
  }

  #append(chunk: Buffer): void {
    const needed = this.#length + chunk.length;
    if (needed > this.#gathered.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, Math.min(this.#gathered.length * 2, this.#maxOctets)));
      this.#gathered.copy(larger, 0, 0, this.#length);
      this.#gathered = larger;
    }
    chunk.copy(this.#gathered, this.#length);
    this.#length = needed;
  }
}

/** Where the empty line begins; undefined when there is none from `from` on. */
function borderOf(octets: Buffer, from: number): number | undefined {
  if (octets[0] === 0x0d && octets[1] === 0x0a) return 0;
  const at = octets.indexOf(BORDER, Math.max(0, from));
  return at === -1 ? undefined : at + 2;
}
