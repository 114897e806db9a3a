import { createHash, type KeyObject, sign } from 'node:crypto';
import type { HeaderSection } from '@postern/message';
import { canonicalField } from './canonicalization.ts';
import { DEFAULT_FIELD_POLICY, type FieldPolicy, selectFields } from './field-policy.ts';
import type { DkimAlgorithm } from './keys.ts';

/** One key that signs for a domain. */
export interface SignerKey {
  readonly domain: string;
  readonly selector: string;
  readonly algorithm: DkimAlgorithm;
  readonly privateKey: KeyObject;
}

export interface SignRequest {
  /** The header sections in their order, ours and the content's. */
  readonly sections: readonly HeaderSection[];
  /** What a relaxed `BodyHasher` made of the body with SHA-256. */
  readonly bodyHash: Buffer;
  readonly keys: readonly SignerKey[];
  readonly at: Date;
  readonly policy?: FieldPolicy;
}

/**
 * The DKIM-Signature fields of a message, one for each key, to go above everything else.
 *
 * `relaxed/relaxed`, SHA-256; never `l=`, which would let anybody append (RFC 6376 §8.2); never `x=`, which would fail mail
 * that is late. The signing itself is done by threads of libuv, not by the event loop.
 */
export async function signMessage(request: SignRequest): Promise<Buffer> {
  const { names, raw } = selectFields(request.sections, request.policy ?? DEFAULT_FIELD_POLICY);
  const hashed = raw.map((field) => canonicalField(field, 'relaxed')).join('');
  const signed = request.keys.map(async (key) => {
    const field = unsignedField(key, { names, bodyHash: request.bodyHash, at: request.at });
    // RFC 6376 §3.7: the field itself comes last, with an empty b= and without its CRLF.
    const octets = Buffer.from(hashed + canonicalField(field, 'relaxed').slice(0, -2), 'latin1');
    return Buffer.from(`${field}${folded((await signature(key, octets)).toString('base64'))}\r\n`, 'latin1');
  });
  return Buffer.concat(await Promise.all(signed));
}

interface Unsigned {
  readonly names: readonly string[];
  readonly bodyHash: Buffer;
  readonly at: Date;
}

/** The field up to `b=`, folded so that no line has over 78 characters unless a name does. */
function unsignedField({ algorithm, domain, selector }: SignerKey, { names, bodyHash, at }: Unsigned): string {
  const seconds = Math.floor(at.getTime() / 1000);
  const lines = [
    `DKIM-Signature: v=1; a=${algorithm}; c=relaxed/relaxed;`,
    ` d=${domain};`,
    ` s=${selector}; t=${seconds};`,
    ...foldedNames(names),
    ` bh=${bodyHash.toString('base64')};`,
    ' b=',
  ];
  return lines.join('\r\n');
}

const LINE = 76;

function foldedNames(names: readonly string[]): readonly string[] {
  const lines: string[] = [];
  let line = ' h=';
  for (const [index, name] of names.entries()) {
    const item = index === names.length - 1 ? `${name};` : `${name}:`;
    if (line.length + item.length > LINE) {
      lines.push(line);
      line = '  ';
    }
    line += item;
  }
  return [...lines, line];
}

/** base64 over several lines: the first shares its line with ` b=`. */
function folded(base64: string): string {
  return (base64.match(/.{1,72}/g) ?? []).join('\r\n  ');
}

function signature({ algorithm, privateKey }: SignerKey, octets: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, made: Buffer) => (error ? reject(error) : resolve(made));
    if (algorithm === 'rsa-sha256') sign('sha256', octets, privateKey, done);
    // RFC 8463 §3: Ed25519 signs the SHA-256 hash, not the octets.
    else sign(null, createHash('sha256').update(octets).digest(), privateKey, done);
  });
}
