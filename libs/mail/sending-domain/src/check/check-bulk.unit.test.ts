import { expect, test } from 'vitest';
import { checkBulk } from './check-bulk.ts';

const SOUND = { messages: 40_000, peakPerDay: 9_000, signed: 40_000, aligned: 40_000, oneClick: 40_000 };

function statuses(change: Partial<typeof SOUND>) {
  return Object.fromEntries(checkBulk({ ...SOUND, ...change }).map(({ id, status }) => [id, status]));
}

test('a bulk sender who signs, is aligned and offers one-click meets the rules', () => {
  expect(statuses({})).toEqual({ volume: 'info', signed: 'pass', aligned: 'pass', 'one-click': 'pass' });
});

test.for([
  ['signs not all', { signed: 39_999 }, { signed: 'fail' }],
  ['is not aligned', { aligned: 0 }, { aligned: 'fail' }],
  ['offers no one-click', { oneClick: 0 }, { 'one-click': 'warn' }],
  ['sends little, unsigned', { peakPerDay: 4_999, signed: 0 }, { signed: 'warn' }],
] as const)('a sender who %s is told so', ([, change, expected]) => {
  expect(statuses(change)).toMatchObject(expected);
});

test('a credential that sent nothing is held against nothing', () => {
  expect(checkBulk({ messages: 0, peakPerDay: 0, signed: 0, aligned: 0, oneClick: 0 })).toHaveLength(1);
});
