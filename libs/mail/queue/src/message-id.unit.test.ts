import { expect, test } from 'vitest';
import { newMessageId, parseMessageId } from './index.ts';

test('ids of later milliseconds sort behind those of earlier ones', () => {
  const ids = Array.from({ length: 300 }, (_, index) => newMessageId(1_800_000_000_000 + index));
  expect([...ids].sort()).toEqual(ids);
});

test('ids of the same millisecond differ', () => {
  expect(new Set(Array.from({ length: 5_000 }, () => newMessageId(1))).size).toBe(5_000);
});

test('an id is read back as it was made, in either case', () => {
  const id = newMessageId(1_800_000_000_000);
  expect(parseMessageId(id.toUpperCase())).toBe(id);
});

test.each([
  '',
  'x',
  '018f3b3e-0000-4000-8000-000000000000',
  '018f3b3e-0000-7000-7000-000000000000',
  '018f3b3e00007000800000000000',
])('%j is no message id', (text) => expect(parseMessageId(text)).toBeUndefined());
