import { expect, test } from 'vitest';
import { changesBetween, told } from './told.ts';

test('what somebody changed is told field by field, with what it said before', () => {
  const before = [
    told('senders', 'May send as', ['a@example.org']),
    told('note', 'Note', null),
    told('tag', 'Tag', 'x'),
  ];
  const now = [told('senders', 'May send as', ['a@example.org']), told('note', 'Note', 'ours'), told('tag', 'Tag', '')];
  expect(changesBetween(before, now)).toEqual([
    { field: 'note', word: 'Note', says: 'ours', said: 'none' },
    { field: 'tag', word: 'Tag', says: 'none', said: 'x' },
  ]);
  expect(changesBetween(now, now)).toEqual([]);
});
