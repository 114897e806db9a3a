import { expect, test } from 'vitest';
import { type DueRecipient, explain } from './index.ts';

const MESSAGE = {
  subject: 'Hello',
  messageIdField: '<1@app.example.org>',
  acceptedAt: new Date('2026-01-02T03:04:05Z'),
  content: undefined,
};
const GONE: DueRecipient = {
  number: 1,
  event: 'failed',
  since: MESSAGE.acceptedAt,
  forwardPath: 'bob@b.example',
  state: 'bounced',
  notify: undefined,
  orcpt: undefined,
  attempt: {
    at: MESSAGE.acceptedAt,
    reply: { from: 'remote', code: 550, enhanced: '5.1.1', text: 'no such user' },
    stage: 'rcpt',
    host: 'mx.b.example',
    class: 'recipient_unknown',
  },
};

test('a failure says what happened, whose fault it is, what to do, and what the host said', () => {
  const text = told(GONE);
  expect(text).toContain('could not be delivered to this recipient');
  expect(text).toContain('What happened: there is no such mailbox.');
  expect(text).toContain('Whose fault: the address, or the mailbox behind it');
  expect(text).toContain('What to do: Check the address');
  expect(text).toMatch(/What mx\.b\.example said:\n +550 5\.1\.1 no such user\n/);
});

test('a block is ours, and the sender is not told that the address is wrong', () => {
  const text = told(after({ class: 'reputation_block' }));
  expect(text).toContain('Whose fault: on our side');
  expect(text).not.toMatch(/no such mailbox|Check the address/);
});

test('of a delay the sender hears that nothing need be done, and until when it is tried', () => {
  const text = told(
    { ...after({ class: 'network' }), event: 'delayed', state: 'deferred' },
    new Date('2026-01-07T00:00:00Z'),
  );
  expect(text).toContain('has not been delivered to this recipient yet');
  expect(text).toContain('What to do: Nothing. We keep trying.');
  expect(text).toContain('Tried until: Wed, 07 Jan 2026');
});

test.each([
  [
    'what an operator gave up',
    { stage: 'internal', class: undefined },
    'the people who run our mail system gave it up',
  ],
  ['what came back later', { event: 'returned' }, 'and came back\nfrom there later'],
  ['what was handed on', { event: 'succeeded' }, 'takes no such requests'],
] as const)(
  '%s is told as that',
  (_, { stage, event, ...change }: { stage?: string; event?: 'returned' | 'succeeded'; class?: undefined }, words) => {
    const attempt = { ...(stage ? { stage } : {}), ...change };
    expect(told({ ...after(attempt), ...(event ? { event } : {}) })).toContain(words);
  },
);

test('words of a remote host begin no line of their own, turn no writing around, and are bounded', () => {
  const text = told(
    after({
      reply: {
        from: 'remote',
        code: 550,
        enhanced: undefined,
        text: `\u202E--x\r\nWhat to do: pay ${'y'.repeat(50_000)}`,
      },
    }),
  );
  expect(text).not.toMatch(/^(?:--x|What to do)/m);
  expect(text).not.toContain('\u202E');
  expect(text.length).toBeLessThan(3_000);
});

function told(recipient: DueRecipient, retryUntil?: Date): string {
  return explain(MESSAGE, [recipient], { event: recipient.event, hostname: 'mail.example.org', retryUntil });
}

function after(change: Partial<NonNullable<DueRecipient['attempt']>>): DueRecipient {
  return { ...GONE, attempt: GONE.attempt && { ...GONE.attempt, ...change } };
}
