import {
  type DkimAlgorithm,
  generateDkimKey,
  pemOf,
  type PrivateKeyReading,
  publicKeyText,
  readPrivateKey,
} from '@postern/dkim';
import { DKIM_PRIVATE_KEY, seal } from '@postern/sealing';
import type { NewDkimKey } from './domain-rotation-store.ts';

/** Both kinds sign every message: RSA for everybody, Ed25519 for those who know it (RFC 8463 §5). */
export const SIGNING_ALGORITHMS: readonly DkimAlgorithm[] = ['rsa-sha256', 'ed25519-sha256'];

/** Makes a key, sealed. */
export async function makeKey(request: {
  readonly algorithm: DkimAlgorithm;
  readonly selector: string;
  readonly state: NewDkimKey['state'];
  readonly sealKey: Buffer;
}): Promise<NewDkimKey> {
  const reading = readPrivateKey(await generateDkimKey(request.algorithm));
  if (reading.kind === 'refused') throw new Error(`a key of our own was refused: ${reading.reason}`);
  return sealedKey(reading, request);
}

/** Seals a key that was made, or brought along. */
export function sealedKey(
  reading: PrivateKeyReading & { readonly kind: 'key' },
  {
    selector,
    state,
    sealKey,
  }: { readonly selector: string; readonly state: NewDkimKey['state']; readonly sealKey: Buffer },
): NewDkimKey {
  const { algorithm, bits, privateKey } = reading;
  const sealedPrivateKey = seal(pemOf(privateKey), { key: sealKey, purpose: DKIM_PRIVATE_KEY });
  return { selector, algorithm, bits, state, publicKey: publicKeyText(privateKey), sealedPrivateKey };
}
