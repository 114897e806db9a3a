const END = Buffer.from('\r\n.\r\n');
const KEEP = END.length - 1;

/**
 * Finds the end of mail data (RFC 5321 §4.1.1.4: CRLF.CRLF and nothing else) in content that is not wanted any more.
 */
export class EndFinder {
  #tail: Buffer;

  /** `before` are the last octets before the first chunk, as far as they may belong to the end. */
  constructor(before: string) {
    this.#tail = Buffer.from(before);
  }

  /** Where in the chunk the first octet behind the end stands; undefined when the end has not come yet. */
  push(chunk: Buffer): number | undefined {
    const across = Buffer.concat([this.#tail, chunk.subarray(0, KEEP)]).indexOf(END);
    if (across !== -1) return across + END.length - this.#tail.length;
    const inside = chunk.indexOf(END);
    if (inside !== -1) return inside + END.length;
    this.#tail = Buffer.concat([this.#tail, chunk.subarray(-KEEP)]).subarray(-KEEP);
    return undefined;
  }
}
