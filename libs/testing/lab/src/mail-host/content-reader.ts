/**
 * Takes the dots out of mail data and finds its end (RFC 5321 §4.5.2), octet for octet and however the octets come in pieces.
 * Only CRLF.CRLF ends it.
 */
export class ContentReader {
  /** Octets that may turn out to be the beginning of a dot line; at first, the CRLF that ended the DATA command. */
  #held: Buffer = Buffer.from('\r\n');
  #atStart = true;

  /** Feeds octets to `take` with the dots undone. Answers what follows the end, or undefined when the end has not come. */
  read(octets: Buffer, take: (piece: Buffer) => void): Buffer | undefined {
    const all = this.#held.length > 0 ? Buffer.concat([this.#held, octets]) : octets;
    let from = 0;
    for (;;) {
      const dot = all.indexOf('\r\n.', from);
      if (dot < 0) return this.#hold(all, from, all.length - partialLength(all, from), take);
      if (dot + 5 > all.length) return this.#hold(all, from, dot, take);
      this.#give(all.subarray(from, dot + 2), take);
      if (all[dot + 3] === 0x0d && all[dot + 4] === 0x0a) return all.subarray(dot + 5);
      from = dot + 3;
    }
  }

  #hold(all: Buffer, from: number, to: number, take: (piece: Buffer) => void): undefined {
    this.#give(all.subarray(from, to), take);
    this.#held = all.subarray(to);
    return undefined;
  }

  #give(piece: Buffer, take: (piece: Buffer) => void): void {
    const mine = this.#atStart && piece.length >= 2 ? piece.subarray(2) : piece;
    if (piece.length >= 2) this.#atStart = false;
    if (mine.length > 0) take(mine);
  }
}

/** How many octets at the end could begin a CRLF and a dot. */
function partialLength(all: Buffer, from: number): number {
  const last = all.length - 1;
  if (last >= from && all[last] === 0x0d) return 1;
  return last > from && all[last] === 0x0a && all[last - 1] === 0x0d ? 2 : 0;
}
