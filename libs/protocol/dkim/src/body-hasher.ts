import { createHash, type Hash } from 'node:crypto';
import type { Canonicalization } from './canonicalization.ts';

const CR = 0x0d;
const LF = 0x0a;
const SP = 0x20;
const TAB = 0x09;
const SLICE_OCTETS = 16 * 1024;
/** Shared by all: nothing stays in it from one step to the next. */
const scratch = Buffer.allocUnsafeSlow(SLICE_OCTETS);
const LINE_ENDS = Buffer.from('\r\n'.repeat(4096));
const SPACE = Buffer.of(SP);
const CARRIAGE_RETURN = Buffer.of(CR);

/**
 * Hashes a body in canonical form while it comes in (RFC 6376 §3.4.3, §3.4.4, §3.7), cut anywhere. Linear in the octets,
 * and it keeps none of them: line ends that may be the last ones are counted, not stored.
 *
 * `maxOctets` is for signatures of others that cover the front of a body only (`l=`, RFC 6376 §3.5); ours never do.
 */
export class BodyHasher {
  readonly #relaxed: boolean;
  readonly #hash: Hash;
  /** Line ends held back: the last ones of a body are not hashed. */
  #lineEnds = 0;
  /** White space held back: a run of it is one space, or nothing at the end of a line. */
  #white = false;
  #carriageReturn = false;
  #any = false;
  #room: number;
  #octets = 0;

  constructor(how: Canonicalization, options: { readonly maxOctets?: number } = {}) {
    this.#relaxed = how === 'relaxed';
    this.#hash = createHash('sha256');
    this.#room = options.maxOctets ?? Infinity;
  }

  /** How many octets the canonical form has come to, whether they were hashed or not. */
  get octets(): number {
    return this.#octets;
  }

  push(chunk: Buffer): void {
    let start = 0;
    while (start < chunk.length && this.#holdsBack()) this.#step(chunk[start++] ?? 0);
    let end = chunk.length;
    while (end > start && isEdge(chunk[end - 1] ?? 0)) end--;
    if (end > start) {
      const middle = chunk.subarray(start, end);
      this.#any = true;
      // Most content is in canonical form already, and finding that out costs less than rewriting it.
      if (!this.#relaxed || isCanonical(middle)) this.#update(middle);
      else this.#rewrite(middle);
    }
    for (let at = end; at < chunk.length; at++) this.#step(chunk[at] ?? 0);
  }

  /** The hash. Nothing may be pushed afterwards. */
  digest(): Buffer {
    if (this.#carriageReturn) this.#release(CARRIAGE_RETURN);
    // RFC 6376 §3.4.3: an empty body is one CRLF; §3.4.4: or, relaxed, nothing.
    if (this.#any || !this.#relaxed) this.#update(LINE_ENDS.subarray(0, 2));
    return this.#hash.digest();
  }

  #holdsBack(): boolean {
    return this.#carriageReturn || this.#white || this.#lineEnds > 0;
  }

  /** Takes one octet, by which something may be held back, or let go. */
  #step(octet: number): void {
    if (this.#carriageReturn) {
      this.#carriageReturn = false;
      if (octet === LF) {
        this.#white = false;
        this.#lineEnds++;
        return;
      }
      this.#release(CARRIAGE_RETURN);
    }
    if (octet === CR) this.#carriageReturn = true;
    else if (this.#relaxed && (octet === SP || octet === TAB)) this.#white = true;
    else this.#release(Buffer.of(octet));
  }

  /** Hashes what was held back, and what came behind it. */
  #release(octets: Buffer): void {
    for (let left = this.#lineEnds * 2; left > 0; left -= LINE_ENDS.length)
      this.#update(left < LINE_ENDS.length ? LINE_ENDS.subarray(0, left) : LINE_ENDS);
    this.#lineEnds = 0;
    if (this.#white) this.#update(SPACE);
    this.#white = false;
    this.#any = true;
    this.#update(octets);
  }

  /** Octets of which the first and the last are no white space and no line end, in relaxed form. */
  #rewrite(octets: Buffer): void {
    let used = 0;
    let white = false;
    for (let at = 0; at < octets.length; at++) {
      const octet = octets[at] ?? 0;
      if (octet === SP || octet === TAB) {
        white = true;
        continue;
      }
      if (white && !(octet === CR && octets[at + 1] === LF)) scratch[used++] = SP;
      white = false;
      scratch[used++] = octet;
      if (used >= SLICE_OCTETS - 2) {
        this.#update(scratch.subarray(0, used));
        used = 0;
      }
    }
    this.#update(scratch.subarray(0, used));
  }

  #update(octets: Buffer): void {
    this.#octets += octets.length;
    if (this.#room <= 0) return;
    this.#hash.update(octets.length > this.#room ? octets.subarray(0, this.#room) : octets);
    this.#room -= octets.length;
  }
}

function isEdge(octet: number): boolean {
  return octet === LF || octet === CR || octet === SP || octet === TAB;
}

/** Whether relaxing would change nothing: no tab, no two spaces, no space before a line end. */
function isCanonical(octets: Buffer): boolean {
  return !octets.includes(TAB) && !octets.includes('  ') && !octets.includes(' \r');
}
