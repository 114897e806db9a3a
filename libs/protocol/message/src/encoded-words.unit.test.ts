import fc from 'fast-check';
import { cpuMsOf } from '@postern/clock';
import { expect, it } from 'vitest';
import { decodeEncodedWords } from './encoded-words.ts';

const decode = (text: string): string => decodeEncodedWords(text, { maxLength: 200 });

it.each([
  ['plain', 'plain'],
  ['=?utf-8?Q?Gr=C3=BC=C3=9Fe?=', 'Grüße'],
  ['=?UTF-8?b?R3LDvMOfZQ==?= aus =?iso-8859-1?q?K=F6ln?=', 'Grüße aus Köln'],
  ['=?utf-8?Q?a_b?=', 'a b'],
  ['=?utf-8?Q?a?= =?utf-8?Q?b?=', 'ab'],
  ['=?utf-8?Q?=C3?= =?utf-8?Q?=BC?=', 'ü'],
  ['=?utf-8?Q?a?= x =?utf-8?Q?b?=', 'a x b'],
  ['=?utf-8?Q?a?= =?iso-8859-1?Q?=FC?=', 'aü'],
  ['=?utf-8*de?Q?a?=', 'a'],
  ['=?x-nobody?Q?a?= b', '=?x-nobody?Q?a?= b'],
  ['=?utf-8?Q?a', '=?utf-8?Q?a'],
  ['=?utf-8?X?a?=', '=?utf-8?X?a?='],
  ['=?utf-8?Q?a=0D=0ABcc:_x?=', 'a  Bcc: x'],
  ['=?utf-8?Q?=ff?=', '\ufffd'],
  ['=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=', '日本'],
])('shows %s as %s', (text, shown) => {
  expect(decode(text)).toBe(shown);
});

it('shows no more than it is asked for, in linear time', () => {
  const decodeAll = () => {
    for (const text of ['=?utf-8?Q?a?= '.repeat(100_000), '=?'.repeat(500_000), '=?utf-8?Q?'.repeat(100_000)]) {
      expect(decode(text).length).toBeLessThanOrEqual(200);
    }
  };
  expect(cpuMsOf(decodeAll)).toBeLessThan(1_000);
});

it('answers any text without a throw, and without control characters', () => {
  const piece = fc.oneof(
    fc.constantFrom('=?utf-8?Q?', '=?utf-8?B?', '?=', ' ', '=C3', '\ud800'),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(fc.property(fc.array(piece), (pieces) => void expect(decode(pieces.join(''))).not.toMatch(/\p{Cc}/u)));
});
