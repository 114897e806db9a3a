import { createHash, verify as verifySignature } from 'node:crypto';
import { fieldsNamed, type HeaderSection } from '@postern/message';
import { BodyHasher } from './body-hasher.ts';
import { canonicalField } from './canonicalization.ts';
import { rawText } from './field-policy.ts';
import { keyRecordName, readKeyRecord, whyUnfit } from './key-record.ts';
import { readSignature, type Signature } from './signature.ts';

/** What became of one signature (RFC 6376 §3.9, RFC 8601 §2.7.1). */
export interface SignatureResult {
  readonly result: 'pass' | 'fail' | 'policy' | 'permerror' | 'temperror';
  readonly reason: string;
  readonly domain: string | undefined;
  readonly selector: string | undefined;
  readonly algorithm: string | undefined;
  readonly testing: boolean;
  /** The names of `h=`, lower case. */
  readonly fields: readonly string[];
}

/** The key records at a name; `failed` when it is not known whether there are any. */
export type KeyLookup = (
  name: string,
) => Promise<{ readonly kind: 'found'; readonly records: readonly string[] } | { readonly kind: 'none' | 'failed' }>;

/** A message with more signatures than this has the first ones looked at. */
const MAX_SIGNATURES = 8;

/** Verifies the signatures of a message (RFC 6376 §6.1), the topmost first. */
export async function verifyMessage(
  message: { readonly section: HeaderSection; readonly body: Iterable<Buffer> },
  lookUp: KeyLookup,
): Promise<readonly SignatureResult[]> {
  const fields = fieldsNamed(message.section, 'dkim-signature').slice(0, MAX_SIGNATURES);
  const readings = fields.map((field) => readSignature(rawText(message.section, field)));
  const hashers = readings.map((reading) =>
    reading.kind === 'signature'
      ? new BodyHasher(
          reading.signature.body,
          reading.signature.maxOctets === undefined ? {} : { maxOctets: reading.signature.maxOctets },
        )
      : undefined,
  );
  for (const chunk of message.body) for (const hasher of hashers) hasher?.push(chunk);
  return Promise.all(
    readings.map((reading, index) => {
      if (reading.kind === 'invalid') return unread(reading.reason);
      const hasher = hashers[index];
      const { signature } = reading;
      const bodyHash = hasher?.digest() ?? Buffer.alloc(0);
      if (signature.maxOctets !== undefined && (hasher?.octets ?? 0) < signature.maxOctets)
        return resultOf(signature, 'permerror', 'l= is more than the body has');
      return verifyOne({ section: message.section, signature, bodyHash }, lookUp);
    }),
  );
}

async function verifyOne(
  { section, signature, bodyHash }: { section: HeaderSection; signature: Signature; bodyHash: Buffer },
  lookUp: KeyLookup,
): Promise<SignatureResult> {
  if (!bodyHash.equals(signature.bodyHash)) return resultOf(signature, 'fail', 'the body was changed');
  const found = await lookUp(keyRecordName(signature.selector, signature.domain));
  if (found.kind === 'failed') return resultOf(signature, 'temperror', 'the key could not be looked up');
  const [text] = found.kind === 'found' ? found.records : [];
  if (text === undefined) return resultOf(signature, 'permerror', 'there is no key');
  const record = readKeyRecord(text);
  if (record.kind === 'revoked') return resultOf(signature, 'permerror', 'the key is revoked');
  if (record.kind === 'invalid')
    return resultOf(signature, 'permerror', `the key record cannot be used: ${record.reason}`);
  const unfit = whyUnfit(record, signature.algorithm);
  if (unfit !== undefined) return resultOf(signature, 'permerror', unfit);
  if (record.strict && signature.identity !== signature.domain)
    return resultOf(signature, 'permerror', 'the key is not for sub-domains (t=s)');
  const octets = Buffer.from(signedText(section, signature), 'latin1');
  const good =
    record.type === 'rsa'
      ? verifySignature('sha256', octets, record.publicKey, signature.signature)
      : verifySignature(null, createHash('sha256').update(octets).digest(), record.publicKey, signature.signature);
  return {
    ...resultOf(signature, good ? 'pass' : 'fail', good ? 'good signature' : 'the signed fields were changed'),
    testing: record.testing,
  };
}

/** What was signed: the fields of `h=`, of each name from the last one upwards, and the signature without its `b=` (§3.7). */
function signedText(section: HeaderSection, signature: Signature): string {
  const left = new Map<string, string[]>();
  for (const field of section.fields) left.set(field.key, [...(left.get(field.key) ?? []), rawText(section, field)]);
  let text = '';
  for (const name of signature.fields) {
    const raw = left.get(name)?.pop();
    if (raw !== undefined) text += canonicalField(raw, signature.header);
  }
  return text + canonicalField(signature.unsigned, signature.header).slice(0, -2);
}

function resultOf(signature: Signature, result: SignatureResult['result'], reason: string): SignatureResult {
  const { domain, selector, algorithm, fields } = signature;
  return { result, reason, domain, selector, algorithm, testing: false, fields };
}

function unread(reason: string): SignatureResult {
  return {
    result: 'permerror',
    reason,
    domain: undefined,
    selector: undefined,
    algorithm: undefined,
    testing: false,
    fields: [],
  };
}
