import { parseSenderRule } from '@postern/credentials';
import { readHeaderSection } from '@postern/message';
import { expect, test } from 'vitest';
import { DEFAULT_SUBMISSION_LIMITS } from './context.ts';
import { judgeHeader } from './judge-header.ts';

const SOUND = [
  'From: App <app@example.org>',
  'To: x@y.example',
  'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=',
  'Date: Sun, 22 Nov 2026 03:26:00 +0000',
  'Message-ID: <1@example.org>',
];

test('a sound header section passes as it is', () => {
  const verdict = judge(SOUND);
  expect(verdict).toMatchObject({
    kind: 'accepted',
    from: 'App <app@example.org>',
    subject: 'Grüße',
    messageId: '<1@example.org>',
    hasDate: true,
  });
  expect(verdict.kind === 'accepted' && verdict.octets.toString()).toBe(`${SOUND.join('\r\n')}\r\n`);
});

test('what is missing is told, so that it can be added', () => {
  expect(judge(['From: app@example.org'])).toMatchObject({ kind: 'accepted', messageId: undefined, hasDate: false });
});

test('Bcc and Return-Path do not travel on, and nothing else is lost', () => {
  const verdict = judge([...SOUND, 'Bcc: secret@z.example', 'Return-Path: <a@b.example>', 'X-Mine: 1']);
  expect(verdict.kind === 'accepted' && verdict.octets.toString()).toBe(`${[...SOUND, 'X-Mine: 1'].join('\r\n')}\r\n`);
});

test.each([
  ['no From field', ['To: x@y.example'], '5.6.0'],
  ['two From fields', [...SOUND, 'From: app@example.org'], '5.6.0'],
  ['a From field without a mailbox', ['From: nobody'], '5.6.0'],
  ['an empty group as author', ['From: undisclosed:;'], '5.6.0'],
  ['several authors and no Sender', ['From: app@example.org, b@example.org'], '5.6.0'],
  ['an author that the submitter may not be', ['From: ceo@bank.example'], '5.7.1'],
  ['an author whose display name is an address of ours', ['From: "app@example.org" <ceo@bank.example>'], '5.7.1'],
  ['one stranger among the authors', ['From: app@example.org, ceo@bank.example', 'Sender: app@example.org'], '5.7.1'],
  ['a Sender that the submitter may not be', [...SOUND, 'Sender: ceo@bank.example'], '5.7.1'],
  ['a Resent-From that the submitter may not be', [...SOUND, 'Resent-From: ceo@bank.example'], '5.7.1'],
  [
    'a Resent-Sender that the submitter may not be',
    [...SOUND, 'Resent-From: app@example.org', 'Resent-Sender: ceo@bank.example'],
    '5.7.1',
  ],
  ['two mailboxes as Sender', [...SOUND, 'Sender: app@example.org, b@example.org'], '5.6.0'],
  ['a mailbox file line', ['From app@example.org Sun Nov 22', ...SOUND], '5.6.0'],
  ['a folded line first', [' folded', ...SOUND], '5.6.0'],
  ['a line that is no field', [...SOUND, 'no field'], '5.6.0'],
  [
    'more Received fields than a message can have seen',
    [...many('Received: by x.example; now', 51), ...SOUND],
    '5.4.6',
  ],
  [
    'our own name too often among the Received fields',
    [...many('Received: from a by\r\n mail.example.org with ESMTP id 1; now', 4), ...SOUND],
    '5.4.6',
  ],
])('%s is refused with its reason', (_, lines, enhanced) => {
  const verdict = judge(lines);
  expect(verdict).toMatchObject({ kind: 'refused', reply: { enhanced } });
  expect(verdict.kind === 'refused' && verdict.reply.code).toBeGreaterThanOrEqual(550);
});

test('several authors with a Sender that may be used pass', () => {
  expect(judge(['From: app@example.org, b@example.org', 'Sender: app@example.org']).kind).toBe('accepted');
});

test('a header named like a property of every object passes as a plain one', () => {
  expect(judge([...SOUND, '__proto__: 1', 'constructor: 2', 'hasOwnProperty: 3']).kind).toBe('accepted');
});

test.each([
  ['a@bücher.example', 'xn--bcher-kva.example'],
  ['BÜRO@BÜCHER.example', 'xn--bcher-kva.example'],
  ['a@xn--bcher-kva.example', 'xn--bcher-kva.example'],
])('From %s is an address of the rule @xn--bcher-kva.example, and signed for as that', (address, authorDomain) => {
  const verdict = judge([`From: <${address}>`], { smtpUtf8: true });
  expect(verdict).toMatchObject({ kind: 'accepted', authorDomain });
  expect(verdict.kind === 'accepted' && verdict.octets.toString()).toBe(`From: <${address}>\r\n`);
});

test.each(['From', 'Sender', 'Resent-From'])('a %s in U-labels of a domain that is not allowed is refused', (name) => {
  const lines = [...(name === 'From' ? [] : ['From: app@example.org']), `${name}: a@bücher.example.org`];
  const verdict = judge(lines, { smtpUtf8: true });
  expect(verdict).toMatchObject({ kind: 'refused', reply: { enhanced: '5.7.1' } });
});

test('an address beyond ASCII without SMTPUTF8 is refused with what to do, a name beyond ASCII is not', () => {
  for (const field of ['From: a@bücher.example', 'From: jörg@example.org', 'From: Jörg <jörg@example.org>'])
    expect(judge([field]), field).toMatchObject({ kind: 'refused', reply: { enhanced: '5.6.7' } });
  expect(judge(['From: Jörg <app@example.org>'])).toMatchObject({ kind: 'accepted' });
});

test('an address in octets that are no UTF-8 names nobody, with SMTPUTF8 or without', () => {
  const lines = ['From: a@b\u00fccher.example'];
  for (const smtpUtf8 of [true, false])
    expect(judge(lines, { smtpUtf8, encoding: 'latin1' })).toMatchObject({ reply: { enhanced: '5.6.0' } });
});

function judge(
  lines: readonly string[],
  { smtpUtf8 = false, encoding = 'utf8' }: { smtpUtf8?: boolean; encoding?: 'utf8' | 'latin1' } = {},
) {
  const reading = readHeaderSection(Buffer.from(`${lines.join('\r\n')}\r\n`, encoding));
  const rules = ['@example.org', '@xn--bcher-kva.example'].flatMap((text) => parseSenderRule(text) ?? []);
  const by = { name: 'app1', rules, hostname: 'mail.example.org', smtpUtf8 };
  return judgeHeader(reading, { ...by, limits: DEFAULT_SUBMISSION_LIMITS });
}

function many(line: string, count: number): string[] {
  return Array.from({ length: count }, () => line);
}
