import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type BounceClass, classifier, DEFAULT_RULE_SET, factsOf, isBounceClass, type Stage } from './index.ts';

/** What hosts of many providers and programs say, in many languages, each with the class that it is to have. */
const REPLIES = readFileSync(join(import.meta.dirname, 'testing/replies.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { readonly class: BounceClass; readonly stage: Stage; readonly reply: string });

const classify = classifier(DEFAULT_RULE_SET);

describe('replies as hosts write them', () => {
  test.each(REPLIES.map((each) => [each.reply, each] as const))('%s', (reply, { class: expected, stage }) => {
    expect(isBounceClass(expected)).toBe(true);
    expect(classify(read(reply, stage)).class).toBe(expected);
  });
});

/** Said of the address, with a reason that is ours: none of these may suppress anybody, whatever else they say. */
const OURS = [
  'Your IP 192.0.2.1 is blacklisted',
  'blocked using zen.spamhaus.org',
  'Message rejected as spam',
  'SPF check failed',
  'sender address rejected',
  'mailbox full',
  'Relay access denied',
  'greylisted, try again later',
  'too many messages from your host',
  'message size exceeds limit',
  'due to policy reasons',
  'contains a virus',
] as const;
const ADDRESSED = [
  '5.1.1 Recipient address rejected:',
  '5.2.1 Mailbox unavailable.',
  '5.1.1 <bob@example.com>:',
  '5.1.0 Requested action not taken: mailbox unavailable.',
  '5.7.1 Recipient not accepted:',
  'No mail for bob@example.com:',
] as const;

test.each(OURS.flatMap((ours) => ADDRESSED.map((addressed) => `${addressed} ${ours}`)))(
  'what is held against us suppresses nobody, though the address is named first: %s',
  (text) => {
    for (const stage of ['mail', 'rcpt', 'content'] as const)
      expect(factsOf(classify(read(`550 ${text}`, stage)).class).suppression).toBe('never');
  },
);

test.each(['Boîte inexistante', 'Boite inexistante', 'BOÎTE INEXISTANTE', 'Boi\u0302te inexistante'])(
  'accents and letter case decide nothing: %s',
  (text) => expect(classify(read(`550 ${text}`, 'rcpt')).class).toBe('recipient_unknown'),
);

test('what is said of the sender in another language says nothing of the recipient', () => {
  for (const text of [
    'Absenderadresse: Adresse existiert nicht',
    'Expéditeur: adresse inexistante',
    '发件人地址不存在',
  ])
    expect(factsOf(classify(read(`550 ${text}`, 'rcpt')).class).suppression).toBe('never');
});

function read(reply: string, stage: Stage) {
  const [, code = '', enhanced, text = ''] =
    /^(\d{3})[ -]?(?:([245]\.\d{1,3}\.\d{1,3})(?=\s|$)\s?)?([^]*)$/.exec(reply) ?? [];
  return { code: Number(code), enhanced, text, stage };
}
