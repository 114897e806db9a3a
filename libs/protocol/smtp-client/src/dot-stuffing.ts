const DOT = Buffer.from('.');
const LINE_THEN_DOT = Buffer.from('\r\n.');
const FINAL_DOT = Buffer.from('.\r\n');
const LINE_END_AND_FINAL_DOT = Buffer.from('\r\n.\r\n');
const CR = 0x0d;
const LF = 0x0a;
const DOT_OCTET = 0x2e;

/**
 * Makes content transparent (RFC 5321 §4.5.2): a line that begins with a dot gets another.
 *
 * A line is what stands behind CRLF; a dot behind a bare LF or CR is not touched (RFC 5321 §2.3.8). Nothing is copied:
 * the answer is slices of what came in, and a dot between them where one is needed.
 */
export class DotStuffing {
  #position: 'line start' | 'behind CR' | 'inside' = 'line start';

  push(chunk: Buffer): Buffer[] {
    if (chunk.length === 0) return [];
    const slices: Buffer[] = [];
    let from = 0;
    const first = this.#firstDot(chunk);
    if (first !== -1) from = cut(chunk, { slices, from, at: first });
    for (let at = chunk.indexOf(LINE_THEN_DOT, from); at !== -1; at = chunk.indexOf(LINE_THEN_DOT, at + 2)) {
      from = cut(chunk, { slices, from, at: at + 2 });
    }
    this.#position = this.#after(chunk);
    slices.push(from === 0 ? chunk : chunk.subarray(from));
    return slices;
  }

  /** The final dot, on a line of its own also where the content's last line has no end (RFC 5321 §4.1.1.4). */
  end(): Buffer {
    return this.#position === 'line start' ? FINAL_DOT : LINE_END_AND_FINAL_DOT;
  }

  /** A dot at the front of a line that began in the chunk before. */
  #firstDot(chunk: Buffer): number {
    if (this.#position === 'line start' && chunk[0] === DOT_OCTET) return 0;
    return this.#position === 'behind CR' && chunk[0] === LF && chunk[1] === DOT_OCTET ? 1 : -1;
  }

  #after(chunk: Buffer): 'line start' | 'behind CR' | 'inside' {
    const last = chunk[chunk.length - 1];
    if (last === CR) return 'behind CR';
    const behindCr = chunk.length > 1 ? chunk[chunk.length - 2] === CR : this.#position === 'behind CR';
    return last === LF && behindCr ? 'line start' : 'inside';
  }
}

/** Takes what stands before `at`, and a dot; answers where the rest begins. */
function cut(chunk: Buffer, { slices, from, at }: { slices: Buffer[]; from: number; at: number }): number {
  if (at > from) slices.push(chunk.subarray(from, at));
  slices.push(DOT);
  return at;
}
