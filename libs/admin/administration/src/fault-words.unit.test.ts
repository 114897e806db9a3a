import { expect, test } from 'vitest';
import { z } from 'zod';
import { faultWords } from './fault-words.ts';

test.each([
  [z.string(), undefined, 'This is needed'],
  [z.string(), 5, 'A text is expected'],
  [z.int(), 1.5, 'A whole number is expected'],
  [z.boolean(), 'yes', 'true or false is expected'],
  [z.array(z.string()), 'a', 'A list is expected'],
  [z.string().max(64), 'a'.repeat(65), 'At most 64 characters'],
  [z.string().min(8), 'short', 'At least 8 characters'],
  [z.string().min(1), '', 'It must not be empty'],
  [z.array(z.string()).min(1), [], 'At least 1 entry'],
  [z.int().max(5), 9, 'At most 5'],
  [z.enum(['hold', 'retry']), 'stop', 'One of these is expected: hold, retry'],
  [z.uuid(), 'x', 'An id is expected, such as 0199c0de-0000-7000-8000-000000000000'],
  [z.iso.datetime(), 'tomorrow', 'An instant is expected, such as 2027-01-31T08:00:00Z'],
  [z.string().regex(/^\d+$/, 'Digits only'), 'x', 'Digits only'],
] as const)('a field says what to write instead: %#', (schema, given, words) => {
  const error = (issue: Parameters<typeof faultWords>[0]) => faultWords(issue);
  expect(schema.safeParse(given, { error }).error?.issues[0]?.message).toBe(words);
});
