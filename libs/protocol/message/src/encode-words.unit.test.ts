import { expect, test } from 'vitest';
import { decodeEncodedWords, encodeWords } from './index.ts';

test.each(['Hello', 'Grüße aus Köln', '未送达：'.repeat(40), `${'x'.repeat(44)}é`, '🙂'.repeat(30)])(
  'what is encoded is read back, in words of at most 75 characters: %s',
  (text) => {
    const encoded = encodeWords(text);
    expect(encoded).toMatch(/^[ -~]*$/);
    expect(decodeEncodedWords(encoded, { maxLength: 1_000 })).toBe(text);
    if (encoded !== text) for (const word of encoded.split(' ')) expect(word.length).toBeLessThanOrEqual(75);
  },
);

test('a line break begins no field, and half a character no fault', () => {
  expect(encodeWords('a\r\nBcc: b')).toBe('a Bcc: b');
  expect(encodeWords('\uD800')).toBe('=?utf-8?B?77+9?=');
});
