import { expect, test } from 'vitest';
import { pendingMigrations } from './known-migrations.ts';

const first = { name: '1_first', checksum: 'a' };
const second = { name: '2_second', checksum: 'b' };

test('what was applied as it is shipped is not pending', () => {
  expect(pendingMigrations([first, second], [second, first])).toEqual([]);
});

test('what was not applied, or was applied in another form, is pending', () => {
  expect(pendingMigrations([first, second], [{ ...first, checksum: 'other' }])).toEqual([first, second]);
});

test('a database that is newer than this version has nothing pending', () => {
  expect(pendingMigrations([first], [first, second])).toEqual([]);
});
