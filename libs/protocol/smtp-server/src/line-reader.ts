/** What a client sent as a command or as an answer to a challenge. */
export type Line =
  /** A line without its CRLF. Octets that are no UTF-8 appear as U+FFFD. */
  | { readonly kind: 'line'; readonly text: string }
  /** A line over the limit has ended; what it said is lost. */
  | { readonly kind: 'line-too-long' }
  /** A line over the limit goes on and on: read no more. */
  | { readonly kind: 'line-without-end' };

export interface LineLimits {
  /** With the CRLF. */
  readonly maxOctets: number;
  /** How much of a line over the limit is dropped before patience ends. */
  readonly maxDroppedOctets: number;
}

const TOO_LONG: Line = Object.freeze({ kind: 'line-too-long' });
const WITHOUT_END: Line = Object.freeze({ kind: 'line-without-end' });
const NOTHING: Buffer = Buffer.alloc(0);
const CR = 0x0d;
const LF = 0x0a;

/**
 * Cuts octets into lines. Only CRLF ends a line: a bare CR or LF is part of it (RFC 5321 §2.3.8), so one line never
 * becomes two commands. Holds what was pushed and not yet read, and of a line over the limit nothing.
 */
export class LineReader {
  readonly #limits: LineLimits;
  #octets: Buffer = NOTHING;
  /** What has come behind `octets`. */
  #queue: Buffer[] = [];
  #queuedOctets = 0;
  /** Where the line begins, and from where its end is still to be looked for. */
  #start = 0;
  #searched = 0;
  #dropped = 0;
  #bareLineFeed = false;

  constructor(limits: LineLimits) {
    this.#limits = limits;
  }

  push(chunk: Buffer): void {
    this.#queue.push(chunk);
    this.#queuedOctets += chunk.length;
  }

  /** The next line, when it has ended. */
  next(): Line | undefined {
    this.#join();
    const end = this.#findEnd();
    if (end === undefined) return this.#unfinished();
    const start = this.#start;
    const tooLong = this.#dropped + end - start > this.#limits.maxOctets;
    this.#start = this.#searched = end;
    this.#dropped = 0;
    this.#bareLineFeed = false;
    return tooLong ? TOO_LONG : { kind: 'line', text: textOf(this.#octets, start, end - 2) };
  }

  /** Everything that was pushed and not read as a line, which is then no longer here. */
  takeRest(): Buffer {
    this.#join();
    const rest = this.#octets.subarray(this.#start);
    this.#octets = NOTHING;
    this.#start = this.#searched = 0;
    this.#bareLineFeed = false;
    return rest;
  }

  /** How many octets were pushed and not yet read. */
  get pendingOctets(): number {
    return this.#octets.length - this.#start + this.#queuedOctets;
  }

  /** Whether the line that has begun has a bare LF: its sender may believe that it has ended. */
  get hasBareLineFeed(): boolean {
    return this.#bareLineFeed;
  }

  /** Octets are joined when they are looked at and not when they come, so that many small chunks cost no more than one. */
  #join(): void {
    if (this.#queue.length === 0) return;
    const [only] = this.#queue;
    const rest = this.#octets.subarray(this.#start);
    this.#octets = rest.length === 0 && this.#queue.length === 1 && only ? only : Buffer.concat([rest, ...this.#queue]);
    this.#searched -= this.#start;
    this.#start = 0;
    this.#queue = [];
    this.#queuedOctets = 0;
  }

  /** Behind the CRLF. */
  #findEnd(): number | undefined {
    for (;;) {
      const at = this.#octets.indexOf(LF, this.#searched);
      if (at === -1) break;
      this.#searched = at + 1;
      if (at > this.#start && this.#octets[at - 1] === CR) return at + 1;
      this.#bareLineFeed = true;
    }
    this.#searched = this.#octets.length;
    return undefined;
  }

  #unfinished(): Line | undefined {
    const { maxOctets, maxDroppedOctets } = this.#limits;
    if (this.#dropped + this.pendingOctets <= maxOctets) return undefined;
    // The last octet may be the CR of the end.
    const keep = this.#octets.at(-1) === CR ? 1 : 0;
    this.#dropped += this.pendingOctets - keep;
    this.#octets = keep === 1 ? Buffer.from('\r') : NOTHING;
    this.#start = 0;
    this.#searched = this.#octets.length;
    return this.#dropped > maxDroppedOctets ? WITHOUT_END : undefined;
  }
}

function textOf(octets: Buffer, start: number, end: number): string {
  const text = octets.toString('latin1', start, end);
  return /[^\0-\x7f]/.test(text) ? octets.toString('utf8', start, end) : text;
}
