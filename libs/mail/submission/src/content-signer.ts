import { BodyHasher, signMessage } from '@postern/dkim';
import { type HeaderSection, readHeaderSection } from '@postern/message';
import type { Signing } from '@postern/sending-domain';

/** The empty line between the header section and the body. */
const BORDER_OCTETS = 2;
/** What we sign we have accepted before, so nothing in it is too much. */
const ANY_SIZE = { maxOctets: Infinity, maxFields: Infinity } as const;

/** Signs one content: takes the body while it comes in, and keeps none of it. */
export class ContentSigner {
  readonly #signing: Signing;
  readonly #hasher = new BodyHasher('relaxed');
  #border = BORDER_OCTETS;

  constructor(signing: Signing) {
    this.#signing = signing;
  }

  /** Takes what follows the header section, as it goes on: the empty line first. */
  push(chunk: Buffer): void {
    const skipped = Math.min(this.#border, chunk.length);
    this.#border -= skipped;
    this.#hasher.push(skipped === 0 ? chunk : chunk.subarray(skipped));
  }

  /** The trace fields with the signatures above them. Signed are the fields as they go on, ours among them. */
  async sign({
    trace,
    header,
    at,
  }: {
    readonly trace: Buffer;
    readonly header: Buffer;
    readonly at: Date;
  }): Promise<Buffer> {
    const { keys, policy } = this.#signing;
    const sections = [sectionOf(trace), sectionOf(header)];
    const fields = await signMessage({ sections, bodyHash: this.#hasher.digest(), keys, at, policy });
    return Buffer.concat([fields, trace]);
  }
}

function sectionOf(octets: Buffer): HeaderSection {
  const reading = readHeaderSection(octets, ANY_SIZE);
  if (reading.kind === 'malformed') throw new Error(`a header section of ours cannot be read: ${reading.fault.reason}`);
  return reading.section;
}
