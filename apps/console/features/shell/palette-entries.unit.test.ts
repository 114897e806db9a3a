import { expect, test } from 'vitest';
import { PERMISSIONS } from '@postern/admin-contract';
import { entriesFor } from './palette-entries.ts';

const words = (text: string, permissions: Parameters<typeof entriesFor>[1] = PERMISSIONS) =>
  entriesFor(text, permissions).map(({ word }) => word);

test('pages and commands are found by the beginnings of their words', () => {
  expect(words('cred')).toEqual(['Credentials', 'Create a credential', 'Messages: cred']);
  expect(words('li net')).toContain('Listed networks');
  expect(words('edentials')).toEqual(['Messages: edentials']);
});

test('what one may not use is not offered', () => {
  expect(words('', ['messages:read'])).not.toContain('Credentials');
  expect(words('create', ['credentials:read'])).toEqual([]);
});

test('the id of a message leads to the message, anything else to a search', () => {
  const id = '0199a000-0000-7000-8000-000000000009';
  expect(entriesFor(id.toUpperCase(), PERMISSIONS)).toMatchObject([{ kind: 'message', path: `/messages/${id}` }]);
  expect(entriesFor('to:@a.example b', PERMISSIONS)).toMatchObject([
    { kind: 'search', path: '/messages?q=to%3A%40a.example%20b' },
  ]);
});
