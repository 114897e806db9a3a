import { CommandFailed, EXIT } from '../exit.ts';
import type { Io } from '../io.ts';

const MAX_OCTETS = 64 * 1024;

/** All of standard input: a secret never stands in the arguments, where every process of the machine can read it. */
export async function readStdin({ stdin }: Io, otherwise: string): Promise<string> {
  const chunks: Buffer[] = [];
  let octets = 0;
  for await (const chunk of stdin) {
    chunks.push(Buffer.from(chunk));
    octets += Buffer.byteLength(chunk);
    if (octets > MAX_OCTETS) throw new CommandFailed('Standard input is too long', EXIT.usage);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (text.trim() === '') throw new CommandFailed(otherwise, EXIT.usage);
  return text;
}
