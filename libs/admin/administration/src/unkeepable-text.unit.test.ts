import { expect, test } from 'vitest';
import { unkeepableTexts } from './unkeepable-text.ts';

test('a NUL and half of a character are named by their field, however deep', () => {
  const body = {
    reason: 'a\u0000',
    items: [{ address: 'fine' }, { address: 'x\ud800' }],
    tags: ['\udc00'],
    rule: { 'a\u0000': 1 },
  };
  expect(unkeepableTexts(body, 'body').map(({ field }) => field)).toEqual([
    'body.reason',
    'body.items.1.address',
    'body.tags.0',
    'body.rule',
  ]);
});

test('whole characters of every plane are texts, and so are the other control characters', () => {
  expect(unkeepableTexts({ a: 'Zoë 你好 😀 \u202e\u0007\r\n', b: 7, c: null, d: [true] }, 'body')).toEqual([]);
});

test('a request that is a tower is not climbed to its top', () => {
  let tower: unknown = '\u0000';
  for (let floor = 0; floor < 50_000; floor++) tower = [tower];
  expect(unkeepableTexts(tower, 'body')).toEqual([]);
});
