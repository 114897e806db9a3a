import { expect, test } from 'vitest';
import { deriveKeys, seal, unseal } from './index.ts';

const { sealKey: key } = deriveKeys('a secret of the installation, long enough');
const purpose = 'route password';

test('what is sealed opens with the same key and purpose', () => {
  expect(unseal(seal('pässwörd', { key, purpose }), { key, purpose })).toBe('pässwörd');
  expect(unseal(seal('', { key, purpose }), { key, purpose })).toBe('');
});

test('two seals of one text differ', () => {
  expect(seal('x', { key, purpose })).not.toEqual(seal('x', { key, purpose }));
});

test('it opens neither with another key nor for another purpose', () => {
  const sealed = seal('x', { key, purpose });
  expect(unseal(sealed, { key: deriveKeys('another secret').sealKey, purpose })).toBeUndefined();
  expect(unseal(sealed, { key, purpose: 'private key' })).toBeUndefined();
});

test('it does not open when any octet was changed', () => {
  const sealed = seal('password', { key, purpose });
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(unseal(changed, { key, purpose })).toBeUndefined();
  }
  expect(unseal(sealed.subarray(0, 20), { key, purpose })).toBeUndefined();
});

test('a secret always gives the same keys, and a different one for each purpose', () => {
  const keys = Object.values(deriveKeys('s'));
  expect(keys).toEqual(Object.values(deriveKeys('s')));
  expect(new Set(keys.map((each: Buffer | string) => each.toString('hex'))).size).toBe(keys.length);
});
