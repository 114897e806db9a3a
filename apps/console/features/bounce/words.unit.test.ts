import { expect, test } from 'vitest';
import { messagesOf } from './words.ts';

const since = new Date('2026-01-31T08:00:30Z');

test('a bar of a class leads to the messages of that class and time', () => {
  const before = new Date('2026-01-31T09:00:00Z');
  expect(messagesOf('mailbox_full', { by: 'class', measure: 'failed', since, before })).toBe(
    `/messages?q=${encodeURIComponent('class:mailbox_full since:2026-01-31T08:00:00Z before:2026-01-31T09:00:00Z')}`,
  );
});

test('a site of several hosts is one value of the search', () => {
  expect(decodeURIComponent(messagesOf('mx1.a mx2.a', { by: 'site', measure: 'failed', since }) ?? '')).toBe(
    '/messages?q=site:"mx1.a mx2.a" state:bounced since:2026-01-31T08:00:00Z',
  );
});

test('a sender domain is looked for in reverse-paths', () => {
  expect(decodeURIComponent(messagesOf('a.example', { by: 'domain', measure: 'deferred', since }) ?? '')).toContain(
    'from:@a.example since:',
  );
});

test('nothing leads to what no term finds', () => {
  expect(messagesOf('pool-a', { by: 'source', measure: 'failed', since })).toBeUndefined();
  expect(messagesOf(null, { by: 'class', measure: 'failed', since })).toBeUndefined();
});
