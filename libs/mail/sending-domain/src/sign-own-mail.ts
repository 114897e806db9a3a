import { parseSenderRule } from '@postern/credentials';
import { BodyHasher, signMessage } from '@postern/dkim';
import { readHeaderSection } from '@postern/message';
import type { NewMessage } from '@postern/queue';
import type { SigningDirectory } from './signing-directory.ts';

/** Signs a message of our own making. */
export type OwnMailSigner = (message: NewMessage) => Promise<NewMessage>;

/**
 * How mail of our own, DSNs and TLS reports, is signed now: by the sending domain that covers our host name, from which it
 * is. Without one it stays as it is; the readiness of the installation says so. The domain and its keys are looked up here, once:
 * signing itself asks the store nothing.
 */
export async function ownMailSigner(signing: Pick<SigningDirectory, 'find'>, hostname: string): Promise<OwnMailSigner> {
  const anyone = parseSenderRule('*');
  const found = await signing.find(hostname, anyone ? [anyone] : []);
  if (!found) return (message) => Promise.resolve(message);
  return async (message) => {
    if (message.content.kind !== 'inline') return message;
    const { octets } = message.content;
    const end = octets.indexOf(EMPTY_LINE);
    if (end === -1) return message;
    const reading = readHeaderSection(octets.subarray(0, end + 2), { maxOctets: Infinity, maxFields: Infinity });
    if (reading.kind === 'malformed') return message;
    const hasher = new BodyHasher('relaxed');
    hasher.push(octets.subarray(end + EMPTY_LINE.length));
    const { keys, policy } = found;
    const sections = [reading.section];
    const signatures = await signMessage({ sections, bodyHash: hasher.digest(), keys, at: message.acceptedAt, policy });
    return {
      ...message,
      sizeOctets: message.sizeOctets + signatures.length,
      traceFields: Buffer.concat([signatures, message.traceFields]),
    };
  };
}

const EMPTY_LINE = '\r\n\r\n';
