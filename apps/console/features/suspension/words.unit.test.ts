import { expect, test } from 'vitest';
import { suspendedWords } from './words.ts';

test.each([
  ['all', '', 'All mail'],
  ['queue', 'mx.example.com', 'The queue mx.example.com'],
  ['credential', 'app1', 'Mail of the credential app1'],
  ['sender', '@example.org', 'Mail from @example.org'],
  ['domain', '*.example.com', 'Mail to *.example.com'],
] as const)('a suspension says whose mail waits: %s %s', (scope, name, words) => {
  expect(suspendedWords({ scope, name })).toBe(words);
});
