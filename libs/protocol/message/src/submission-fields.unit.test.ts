import { expect, it } from 'vitest';
import { isRemovedAtSubmission } from './submission-fields.ts';

it.each(['bcc', 'resent-bcc', 'return-path', 'x-postern-tag'])('%s is taken out', (key) => {
  expect(isRemovedAtSubmission({ key })).toBe(true);
});

it.each(['cc', 'received', 'x-mailer', 'constructor'])('%s stays', (key) => {
  expect(isRemovedAtSubmission({ key })).toBe(false);
});
