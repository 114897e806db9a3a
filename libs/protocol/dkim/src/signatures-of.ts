import { fieldsNamed, readHeaderSection } from '@postern/message';
import { rawText } from './field-policy.ts';
import { readSignature } from './signature.ts';

/** What a signature says of itself: whoever wants to know whether it is true verifies it. */
export interface ClaimedSignature {
  readonly domain: string;
  readonly selector: string;
  readonly algorithm: string;
  /** The names of `h=`, lower case. */
  readonly fields: readonly string[];
}

/** The signatures in a header section, the topmost first; what cannot be read is left out. */
export function signaturesOf(header: Buffer): readonly ClaimedSignature[] {
  const reading = readHeaderSection(header, { maxOctets: Infinity, maxFields: Infinity });
  if (reading.kind === 'malformed') return [];
  return fieldsNamed(reading.section, 'dkim-signature').flatMap((field) => {
    const read = readSignature(rawText(reading.section, field));
    if (read.kind === 'invalid') return [];
    const { domain, selector, algorithm, fields } = read.signature;
    return [{ domain, selector, algorithm, fields }];
  });
}
