import { expect, test } from 'vitest';
import { measure, read } from './measure.mjs';

test('a reply of another class in a class that suppresses is false, a near one is not', () => {
  const lines = [
    { reply: '550 5.1.1 user unknown', stage: 'RCPT', class: 'recipient_unknown' },
    { reply: '550 blocked', stage: null, class: 'reputation_block' },
    { reply: '550 filtered', stage: 'DATA', class: 'recipient_rejected' },
  ];
  const labelled = read(lines.map((line) => JSON.stringify(line)).join('\n'));
  expect(labelled[0].failed).toEqual({ code: 550, enhanced: '5.1.1', text: 'user unknown', stage: 'rcpt' });
  const figures = measure(labelled, () => ({ class: 'recipient_unknown', rule: 'all' }));
  expect(figures).toMatchObject({ gone: 1, found: 1, recall: 1, others: 1, falseSuppressions: 1, agreement: 1 / 3 });
});
