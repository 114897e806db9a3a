import { expect, test } from 'vitest';
import { checkBulk } from './check-bulk.ts';

const SOUND = {
  messages: 40_000,
  peakPerDay: 9_000,
  signed: 40_000,
  aligned: 40_000,
  oneClick: 40_000,
  sent: [],
  delivered: 40_000,
  complained: 20,
};

function statuses(change: Partial<typeof SOUND>) {
  const facts = { ...SOUND, ...change };
  return Object.fromEntries(checkBulk(facts, facts.aligned).map(({ id, status }) => [id, status]));
}

test('a bulk sender who signs, is aligned, offers one-click and is not complained of meets the rules', () => {
  expect(statuses({})).toEqual({
    volume: 'info',
    signed: 'pass',
    aligned: 'pass',
    'one-click': 'pass',
    complaints: 'pass',
  });
});

test.for([
  ['signs not all', { signed: 39_999 }, { signed: 'fail' }],
  ['is not aligned', { aligned: 0 }, { aligned: 'fail' }],
  ['offers no one-click', { oneClick: 0 }, { 'one-click': 'warn' }],
  ['sends little, unsigned', { peakPerDay: 4_999, signed: 0 }, { signed: 'warn' }],
  ['is complained of by one in a thousand', { complained: 40 }, { complaints: 'warn' }],
  ['is complained of by three in a thousand', { complained: 120 }, { complaints: 'fail' }],
  ['delivered too little for a rate to mean anything', { delivered: 299, complained: 1 }, { complaints: 'info' }],
] as const)('a sender who %s is told so', ([, change, expected]) => {
  expect(statuses(change)).toMatchObject(expected);
});

test('a credential that sent nothing is held against nothing', () => {
  const nothing = { messages: 0, peakPerDay: 0, signed: 0, oneClick: 0, sent: [], delivered: 0, complained: 0 };
  expect(checkBulk(nothing, 0)).toHaveLength(1);
});
