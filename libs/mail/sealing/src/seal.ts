import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** What a sealed text starts with, so that a later form can be told from this one. */
const FORM = 1;
const NONCE_OCTETS = 12;
const TAG_OCTETS = 16;

export interface SealOptions {
  readonly key: Buffer;
  /** What the text belongs to, such as `route password`: what was sealed for one purpose does not open for another. */
  readonly purpose: string;
}

/** Seals a text (AES-256-GCM): whoever has not the key can neither read nor change it. Two seals of one text differ. */
export function seal(text: string, { key, purpose }: SealOptions): Buffer {
  const nonce = randomBytes(NONCE_OCTETS);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_OCTETS }).setAAD(Buffer.from(purpose));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(FORM), nonce, sealed, cipher.getAuthTag()]);
}

/** Opens what `seal` sealed; undefined when the key or the purpose is another, or an octet was changed. */
export function unseal(sealed: Uint8Array, { key, purpose }: SealOptions): string | undefined {
  const octets = Buffer.from(sealed);
  if (octets[0] !== FORM || octets.length < 1 + NONCE_OCTETS + TAG_OCTETS) return undefined;
  const nonce = octets.subarray(1, 1 + NONCE_OCTETS);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_OCTETS })
    .setAAD(Buffer.from(purpose))
    .setAuthTag(octets.subarray(-TAG_OCTETS));
  const text = decipher.update(octets.subarray(1 + NONCE_OCTETS, -TAG_OCTETS));
  try {
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    // GCM tells a wrong key, a wrong purpose and a changed octet apart no more than this.
    return undefined;
  }
}
