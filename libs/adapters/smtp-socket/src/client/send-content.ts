import { DotStuffing, type Content } from '@postern/smtp-client';
import type { Wire } from './wire.ts';

/** RFC 5321 says nothing of blocks; this is what a socket gets at a time, and the most that a stream holds here. */
const BLOCK_OCTETS = 65_536;

/** Sends content that is in memory, the final dot, and the commands behind it: small ones in a single write. */
export function sendInline(
  wire: Wire,
  { head, octets }: Extract<Content, { octets: unknown }>,
  thenSend: string,
): void {
  const stuffing = new DotStuffing();
  const slices = [...stuffing.push(head), ...stuffing.push(octets)];
  slices.push(stuffing.end());
  if (thenSend !== '') slices.push(Buffer.from(thenSend, 'utf8'));
  if (head.length + octets.length <= BLOCK_OCTETS) wire.write(Buffer.concat(slices));
  else wire.together(() => slices.forEach((slice) => wire.write(slice)));
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
      wire.together(() => slices.forEach((slice) => wire.write(slice)));
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
