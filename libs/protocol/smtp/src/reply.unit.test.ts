import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readEnhancedStatusCode } from './enhanced-status-code.ts';
import { bareReply, formatReply, reply, replyText } from './reply.ts';

it('writes the enhanced status code on every line', () => {
  expect(formatReply(reply(550, '5.1.1', 'no such user', 'ask again'))).toBe(
    '550-5.1.1 no such user\r\n550 5.1.1 ask again\r\n',
  );
});

it('writes a reply without text', () => {
  expect(formatReply(bareReply(250))).toBe('250 \r\n');
});

it('whatever stands in its text, a reply is one reply in lines of at most 512 octets', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 600 }), { minLength: 1, maxLength: 4 }), (lines) => {
      const wire = formatReply(reply(250, '2.0.0', ...lines));
      const sent = wire.split('\r\n');
      expect(sent.pop()).toBe('');
      expect(sent.length).toBe(lines.length);
      for (const [index, line] of sent.entries()) {
        expect(line).toMatch(index === lines.length - 1 ? /^250 [ -~]*$/ : /^250-[ -~]*$/);
        expect(line.length).toBeLessThanOrEqual(510);
      }
    }),
  );
});

it('replyText is one line', () => {
  expect(replyText(reply(550, '5.1.1', 'a', 'b'))).toBe('550 5.1.1 a / b');
  expect(replyText(bareReply(250))).toBe('250');
});

it.each(['5.7.1.100 blocked', '192.168.1.1', '3.1.1 x', '5.1', '5.1.1000', '5.01.1 x', '5.1.1x', '5.1.1-x', ''])(
  'finds no enhanced status code in %j',
  (text) => {
    expect(readEnhancedStatusCode(text)).toBeUndefined();
  },
);

it.each([
  ['5.1.1 no such user', '5.1.1', 'no such user'],
  ['4.4.7', '4.4.7', ''],
  ['5.7.1: blocked', '5.7.1', ': blocked'],
  ['2.0.0\tok', '2.0.0', 'ok'],
])('finds the enhanced status code in %j', (text, enhanced, rest) => {
  expect(readEnhancedStatusCode(text)).toEqual({ enhanced, rest });
});
