import { DotStuffing, type Content } from '@postern/smtp-client';
import type { Wire } from './wire.ts';

/** What a socket gets at a time, and the most that a stream holds here. */
const BLOCK_OCTETS = 65_536;

/** Sends content that is in memory, the final dot, and the commands behind it: in one write, and nothing of it is copied. */
export function sendInline(
  wire: Wire,
  { head, octets }: Extract<Content, { octets: unknown }>,
  thenSend: string,
): void {
  const stuffing = new DotStuffing();
  wire.together(() => {
    writeSlices(wire, stuffing.push(head));
    writeSlices(wire, stuffing.push(octets));
    wire.write(stuffing.end());
    if (thenSend !== '') wire.send(thenSend);
  });
}

/**
 * Sends content from a stream, as fast as the host takes it and never more than a block ahead.
 *
 * Answers the final dot, which is still to be sent; undefined when the wire is gone. Throws what the stream throws.
 */
export async function sendStream(
  wire: Wire,
  content: Extract<Content, { stream: unknown }>,
  { blockMs }: { blockMs: number },
): Promise<Buffer | undefined> {
  const { head, stream } = content;
  const stuffing = new DotStuffing();
  const sendBlocks = async (octets: Buffer): Promise<void> => {
    for (let from = 0; from < octets.length && wire.open; from += BLOCK_OCTETS) {
      wire.expect('a block of content', blockMs);
      const slices = stuffing.push(octets.subarray(from, from + BLOCK_OCTETS));
      wire.together(() => writeSlices(wire, slices));
      await wire.drained();
    }
  };
  wire.expect('a block of content', blockMs);
  await sendBlocks(head);
  for await (const chunk of stream()) {
    await sendBlocks(chunk);
    if (!wire.open) return undefined;
  }
  return wire.open ? stuffing.end() : undefined;
}

/** Content of nothing but dots has two slices a line: then one copy is cheaper than a thousand writes. */
function writeSlices(wire: Wire, slices: readonly Buffer[]): void {
  if (slices.length > MANY_SLICES) wire.write(Buffer.concat(slices));
  else for (const slice of slices) wire.write(slice);
}

const MANY_SLICES = 32;
