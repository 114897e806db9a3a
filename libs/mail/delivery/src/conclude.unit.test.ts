import { type ClaimedMessage, DEFAULT_RETRY_SCHEDULE, newMessageId, systemClock } from '@postern/queue';
import { expect, test } from 'vitest';
import { conclude, type Verdict } from './conclude.ts';
import { DEFAULT_DELIVERY_SETTINGS } from './settings.ts';

test.each([
  [550, '5.7.1', 'Rate limited, slow down'],
  [550, undefined, 'Connection frequency limited'],
  [550, '5.4.5', 'Daily sending limit exceeded'],
  [554, '5.7.0', 'Too many messages from your address, try again later'],
])('%i %s %s is about the time: it is tried again, and told as rate_limited', (code, enhanced, text) => {
  const { disposition, attempt } = concluded({ code, enhanced, text });
  expect(disposition.kind).toBe('deferred');
  expect(attempt.bounce?.class).toBe('rate_limited');
  expect(attempt.reply).toMatchObject({ code, text });
});

test.each([
  [550, '5.1.1', 'No such user here'],
  [554, '5.7.1', 'Message looks like spam'],
  [552, '5.2.2', 'Mailbox full'],
  [550, '5.7.1', 'Your address is on a blacklist, too many complaints'],
])('%i %s %s is for good', (code, enhanced, text) => {
  expect(concluded({ code, enhanced, text }).disposition.kind).toBe('bounced');
});

test('what is refused as too fast until the time to give up expires with the last reply', () => {
  const acceptedAt = new Date(Date.now() - DEFAULT_RETRY_SCHEDULE.giveUpAfterMs);
  const { disposition, attempt } = concluded({ code: 550, enhanced: '5.7.1', text: 'Rate limited' }, acceptedAt);
  expect(disposition.kind).toBe('expired');
  expect(attempt.reply.text).toBe('Rate limited');
});

test('a fault of ours that is for good is never made one of time by its words', () => {
  const reply = { from: 'local', code: 550, enhanced: '5.4.4', text: 'rate limited' } as const;
  expect(concludedOf({ kind: 'failed', severity: 'permanent', reply }).disposition.kind).toBe('bounced');
});

function concluded(
  said: { readonly code: number; readonly enhanced: string | undefined; readonly text: string },
  acceptedAt = new Date(),
) {
  return concludedOf({ kind: 'failed', severity: 'permanent', reply: { from: 'remote', ...said } }, acceptedAt);
}

function concludedOf(verdict: Verdict, acceptedAt = new Date()) {
  const recipient = { id: 'r.1', forwardPath: 'a@example.com', domain: 'example.com', attempt: 1 };
  const message: ClaimedMessage = {
    id: newMessageId(1),
    acceptedAt,
    reversePath: 'sender@example.org',
    sizeOctets: 1,
    body: '7BIT',
    smtpUtf8: false,
    traceFields: Buffer.alloc(0),
    content: undefined,
    recipients: [recipient],
    ret: undefined,
    envid: undefined,
    requireTls: undefined,
    priority: undefined,
    deliverBy: undefined,
    releaseAt: undefined,
  };
  const facts = {
    startedAt: new Date(),
    durationMs: 1,
    stepsMs: {},
    stage: 'rcpt',
    host: 'mx.example.com',
    address: '192.0.2.1',
    tls: undefined,
    policy: 'opportunistic',
  } as const;
  const settings = {
    ...DEFAULT_DELIVERY_SETTINGS,
    deliveryPort: 25,
    hostname: 'gateway.example',
    schedule: DEFAULT_RETRY_SCHEDULE,
  };
  return conclude({ message, recipient, leaseToken: 'lease' }, verdict, facts, {
    clock: systemClock,
    settings,
    random: () => 0.5,
  });
}
