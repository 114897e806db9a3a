import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeXtext, encodeXtext } from './xtext.ts';

it('decodes what it encodes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
      expect(decodeXtext(encodeXtext(text))).toBe(text);
    }),
  );
});

it('encodes plus, equals and space', () => {
  expect(encodeXtext('a+b=c d')).toBe('a+2Bb+3Dc+20d');
});

it.each(['+0D+0A', 'a+00b', '+7F', '+FF', '+', '+1', '+GG', 'a=b', 'a b', 'a\rb', 'ü'])('refuses %j', (xtext) => {
  expect(decodeXtext(xtext)).toBeUndefined();
});
