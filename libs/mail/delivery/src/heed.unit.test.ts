import { expect, test } from 'vitest';
import { heedNoSession } from './heed.ts';
import { localReply, type NoSession } from './no-session.ts';

const about = { queueName: 'mx.example' };
const failure: NoSession = {
  stage: 'connect',
  host: 'mx.example',
  reply: localReply(451, '4.4.1', 'connection refused'),
  stepsMs: {},
};
const said = (code: number, enhanced: string, text: string) => ({ from: 'remote', code, enhanced, text }) as const;

test('a refused connection is our own account, and no rule about replies is asked', () => {
  const reply = localReply(451, '4.4.1', 'too many connections, it seems');
  expect(heedNoSession({ ...failure, reply }, about)).toMatchObject({
    kind: 'no answer',
    cause: { rule: 'no-answer', host: 'mx.example', reply: { from: 'local', text: 'too many connections, it seems' } },
  });
});

test('what a host said at its door is told as its own words', () => {
  const reply = said(421, '4.7.0', 'Too many connections from your IP');
  expect(heedNoSession({ ...failure, stage: 'greeting', reply }, about)).toMatchObject({
    kind: 'fewer lanes',
    cause: { rule: 'too-many-connections', reply },
  });
});

test('what a host said where we gave up for a reason of our own counts, and is told without our words', () => {
  const heard = said(454, '4.7.0', 'Too many connections from your IP');
  const reply = localReply(
    451,
    '4.7.0',
    'AUTH was refused (the host said: 454 4.7.0 Too many connections from your IP)',
  );
  expect(heedNoSession({ ...failure, stage: 'auth', reply, heard }, about)).toMatchObject({ cause: { reply: heard } });
});
