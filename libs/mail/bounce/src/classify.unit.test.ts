import { expect, test } from 'vitest';
import { type BounceClass, classifier, DEFAULT_RULE_SET, factsOf, type FailedReply, type Stage } from './index.ts';

const classify = classifier(DEFAULT_RULE_SET);

test.each<[BounceClass, number, string | undefined, string, Stage]>([
  [
    'recipient_unknown',
    550,
    '5.1.1',
    '<a@b.example>: Recipient address rejected: User unknown in virtual mailbox table',
    'rcpt',
  ],
  ['recipient_unknown', 550, undefined, 'Sorry, no mailbox here by that name (#5.1.1)', 'rcpt'],
  [
    'recipient_unknown',
    550,
    '5.1.10',
    'RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
    'content',
  ],
  ['recipient_disabled', 550, '5.2.1', 'The email account that you tried to reach is disabled', 'rcpt'],
  ['recipient_rejected', 550, '5.1.1', 'Refused due to recipient preferences', 'rcpt'],
  ['mailbox_full', 552, '5.2.2', 'The email account that you tried to reach is over quota', 'rcpt'],
  ['domain_unknown', 550, undefined, 'Host unknown', 'rcpt'],
  ['domain_refuses_mail', 556, '5.1.10', 'Recipient address has null MX', 'rcpt'],
  ['sender_rejected', 550, '5.1.8', '<a@b.example>: Sender address rejected: Domain not found', 'rcpt'],
  ['sender_dns', 450, '4.7.1', '<mail.x.example>: Helo command rejected: Host not found', 'rcpt'],
  ['reputation_block', 554, undefined, 'RBL Restriction: See https://www.spamhaus.org/query/ip/192.0.2.1', 'rcpt'],
  ['reputation_block', 554, undefined, 'no', 'greeting'],
  ['spam_content', 550, '5.7.1', 'Our system has detected that this message is likely unsolicited mail', 'content'],
  ['content', 554, '5.6.0', 'Message contains several From header fields', 'content'],
  ['too_big', 552, '5.3.4', 'Message size exceeds fixed limit', 'mail'],
  ['virus', 550, undefined, 'This message contains a virus (Eicar-Test-Signature)', 'content'],
  ['policy', 550, undefined, 'Administrative prohibition', 'rcpt'],
  [
    'auth_failure',
    550,
    '5.7.26',
    'Unauthenticated email from example.org is not accepted due to its DMARC policy',
    'content',
  ],
  ['rate_limited', 421, '4.7.0', 'Too many connections from your host', 'greeting'],
  ['greylisted', 450, '4.2.0', '<a@b.example>: Recipient address rejected: Greylisted', 'rcpt'],
  ['tls', 530, '5.7.0', 'Must issue a STARTTLS command first', 'mail'],
  ['relay_denied', 553, undefined, "sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", 'rcpt'],
  ['protocol', 504, undefined, 'Command parameter not implemented', 'mail'],
  ['remote_system', 452, '4.3.1', 'Insufficient system storage', 'mail'],
  ['network', 554, '5.4.6', 'Too many hops', 'content'],
  ['expired', 550, '5.4.7', 'Delivery time expired', 'content'],
])('%s: %i %s %s', (expected, code, enhanced, text, stage) => {
  expect(classify({ code, enhanced, text, stage }).class).toBe(expected);
});

test.each<[BounceClass, string, string]>([
  ['domain_refuses_mail', '5.1.10', 'b.example takes no mail (it has a null MX record)'],
  ['domain_unknown', '5.1.2', 'The domain b.example does not exist'],
  ['network', '4.4.1', 'Nobody answers at 192.0.2.1'],
  ['tls', '4.7.5', 'The certificate of mx.b.example does not name it'],
  ['remote_system', '4.3.2', 'Delivery was stopped'],
])('our own words: %s: %s %s', (expected, enhanced, text) => {
  expect(classify({ code: Number(`${enhanced.charAt(0)}50`), enhanced, text, from: 'local' }).class).toBe(expected);
});

test.each([
  '5.2.1 Mailbox unavailable. Your IP address 192.0.2.1 is blacklisted',
  '5.1.1 <a@b.example> blocked using bl.spamcop.net',
  '5.1.1 Recipient rejected: sending IP has a poor reputation',
])('a reply that names both the mailbox and a block of ours is the block: %s', (text) => {
  expect(classify({ ...failed(text), stage: 'rcpt' }).class).toBe('reputation_block');
});

test('numbers in addresses are no enhanced status codes', () => {
  expect(classify(failed('5.1.1.100 said no', 'mail')).class).not.toBe('recipient_unknown');
  expect(classify(failed('no, says 192.5.1.1', 'mail')).class).not.toBe('recipient_unknown');
  expect(classify(failed('no (#5.1.1)', 'rcpt')).class).toBe('recipient_unknown');
});

test('what addresses, hosts and links are called decides nothing', () => {
  const { class: bounceClass } = classify({
    code: 550,
    enhanced: '5.1.1',
    text: '<virus@spam.example>: no such user, see https://blocked.example/greylisted/quota',
    stage: 'rcpt',
  });
  expect(bounceClass).toBe('recipient_unknown');
});

test('a reply without words suppresses nobody, at any stage', () => {
  const stages: readonly (Stage | undefined)[] = [
    'connect',
    'greeting',
    'ehlo',
    'mail',
    'rcpt',
    'data',
    'content',
    undefined,
  ];
  for (const stage of stages) {
    for (const code of [421, 450, 452, 500, 550, 552, 554]) {
      expect(factsOf(classify({ code, text: '', stage }).class).suppression).toBe('never');
    }
  }
});

test('only a class whose fault is the recipient’s can suppress', () => {
  for (const { class: each } of DEFAULT_RULE_SET.rules) {
    if (factsOf(each).suppression !== 'never') expect(factsOf(each).fault).toBe('recipient');
  }
});

function failed(text: string, stage: Stage = 'rcpt'): FailedReply {
  return { code: 550, text, stage };
}
