import { hashSecret, newSecret } from '@postern/credentials';

/** So that a key which lies about somewhere is known for one, by people and by scanners. */
const PREFIX = 'postern_';

/** A new key: 160 random bits behind a prefix. */
export function newKeyText(): string {
  return `${PREFIX}${newSecret()}`;
}

/** The hash under which a key is stored and found; undefined for what was never a key of ours. */
export function hashKeyText(hashKey: Buffer, text: string): Buffer | undefined {
  return /^postern_[0-9a-z]{32}$/.test(text) ? hashSecret(hashKey, text) : undefined;
}
