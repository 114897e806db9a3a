import { expect, test } from 'vitest';
import { whatHappened } from './what-happened.ts';

test('a page that went on to something else says nothing', () => {
  expect(whatHappened(named('AbortError'), 'to sign in')).toBeUndefined();
});

test('leaving it, waiting too long and having none are told alike, each with what to do', () => {
  expect(whatHappened(named('NotAllowedError'), 'to sign in')?.says).toContain('password');
  expect(whatHappened(named('NotAllowedError'), 'to add')?.says).toContain('try again');
  expect(whatHappened('no error at all', 'to add')?.says).toContain('try again');
});

test.each([
  ['InvalidStateError', 'has a passkey'],
  ['SecurityError', 'address'],
  ['ConstraintError', 'cannot keep'],
  ['NotSupportedError', 'cannot keep'],
])('the fault of the browser behind the library’s is what counts: %s', (name, words) => {
  expect(whatHappened(new Error('of the library', { cause: named(name) }), 'to add')?.title).toContain(words);
});

function named(name: string): Error {
  return Object.assign(new Error('of the browser'), { name });
}
