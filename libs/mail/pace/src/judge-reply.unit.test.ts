import { cpuMsOf } from '@postern/clock';
import { expect, test } from 'vitest';
import { judgeReply } from './judge-reply.ts';

const said = (reply: string, provider?: string) => {
  const [, code = '', enhanced, text = ''] = /^(\d{3}) (?:(\d\.\d{1,3}\.\d{1,3}) )?(.*)$/.exec(reply) ?? [];
  const judged = judgeReply({ code: Number(code), enhanced, text, provider });
  return judged?.action.do;
};

test.each([
  ['421 4.7.0 Too many connections', undefined, 'fewer lanes'],
  ['452 4.3.2 Connection rate limit exceeded.', undefined, 'slower'],
  ['550 Connection frequency limited [Q1Yz]', undefined, 'slower'],
  ['421 4.3.2 Service shutting down', undefined, 'fewer lanes'],
  ['451 4.3.0 Server is too busy', undefined, 'fewer lanes'],
  [
    '421 4.7.0 [TSS04] Messages from 192.0.2.25 temporarily deferred due to unexpected volume or user complaints',
    'yahoo',
    'rest',
  ],
  ['553 5.7.1 [TSS09] All messages from 192.0.2.25 will be permanently deferred', 'yahoo', 'other source'],
  [
    '421 4.7.28 Our system has detected an unusual rate of unsolicited mail originating from your IP',
    'google',
    'slower',
  ],
  ['550 5.4.5 Daily user sending limit exceeded', 'google', 'rest sender'],
  ['451 4.7.500 Server busy. Please try again later', 'microsoft', 'fewer lanes'],
  ["550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent (S3150)", 'microsoft', 'other source'],
  ['554 5.2.0 STOREDRV.Submission; SubmissionQuotaExceededException', 'microsoft', 'rest sender'],
  ['450 5.1.1 no such user here', undefined, 'bounce'],
])('%s (%s): %s', (reply, provider, action) => {
  expect(said(reply, provider)).toBe(action);
});

test.each([
  '450 4.2.1 Greylisted, come back in 5 minutes',
  '550 5.1.1 No such user',
  '452 4.2.2 Mailbox full',
  '554 5.7.1 Message looks like spam',
  '452 4.5.3 Too many recipients',
  '451 4.3.0 Temporary lookup failure',
])('%s says nothing about the pace', (reply) => {
  expect(said(reply)).toBeUndefined();
});

test('a phrase of one provider means nothing at another', () => {
  expect(said('450 4.7.0 [TSS04] deferred')).toBeUndefined();
});

test('a reply of hostile length is judged in a moment', () => {
  const text = 'exceeded '.repeat(100_000);
  const judge = () => judgeReply({ code: 451, enhanced: undefined, text, provider: 'microsoft' });
  expect(cpuMsOf(judge)).toBeLessThan(500);
});
