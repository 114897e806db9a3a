import { cpuMsOf } from '@postern/clock';
import { expect, test } from 'vitest';
import { readReport } from './index.ts';

test('a bounce of qmail is read', () => {
  const report = read(`From: MAILER-DAEMON@mx.b.example
Subject: failure notice

Hi. This is the qmail-send program at mx.b.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<bob@b.example>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <b+x@bounces.example.org>
Message-ID: <1@app.example.org>
<innocent@b.example>:
in a quoted message
`);
  expect(report).toMatchObject({
    kind: 'dsn',
    form: 'plain',
    recipients: [
      {
        finalRecipient: 'bob@b.example',
        action: 'failed',
        status: '5.1.1',
        diagnostic: expect.stringContaining('no mailbox'),
      },
    ],
    originalMessageId: '<1@app.example.org>',
  });
});

test('a bounce of Exim is read by the field that names the address', () => {
  expect(
    read(`X-Failed-Recipients: bob@b.example
From: Mail Delivery System <Mailer-Daemon@mx.b.example>
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

  bob@b.example
    SMTP error from remote mail server after RCPT TO:<bob@b.example>:
    550 5.1.1 no such user

------ This is a copy of the message, including all the headers. ------
`),
  ).toMatchObject({
    kind: 'dsn',
    recipients: [{ finalRecipient: 'bob@b.example', status: '5.1.1', action: 'failed' }],
  });
});

test('a complaint is read (RFC 5965)', () => {
  expect(
    read(`From: feedback@b.example
Subject: FW: Hello
Content-Type: multipart/report; report-type=feedback-report; boundary="x"

--x
Content-Type: text/plain

This is an email abuse report.
--x
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SomeGenerator/1.0
Version: 1
Original-Rcpt-To: <bob@b.example>
Source-IP: 192.0.2.1

--x
Content-Type: message/rfc822
Content-Disposition: inline

From: <app@example.org>
Message-ID: <1@app.example.org>

Spam Spam Spam
--x--
`),
  ).toEqual({
    kind: 'feedback',
    type: 'abuse',
    userAgent: 'SomeGenerator/1.0',
    originalRecipients: ['bob@b.example'],
    sourceAddress: '192.0.2.1',
    originalMessageId: '<1@app.example.org>',
  });
});

test('a delay is no failure', () => {
  const report = read(`Content-Type: multipart/report; boundary=x

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.b.example

Final-Recipient: rfc822;bob@b.example
Action: delayed
Status: 4.2.2
`);
  expect(report).toMatchObject({ recipients: [{ action: 'delayed', status: '4.2.2' }] });
});

test('an answer of a person who is on holiday is no bounce', () => {
  expect(
    read('From: bob@b.example\nSubject: Re: Hello\n\nI am away.\neve@b.example\nis my substitute\n'),
  ).toMatchObject({
    kind: 'other',
  });
});

test.each(['', '\n', 'x', ':', '--', 'Content-Type: multipart/report; boundary=""\n\n--\n--\n', '\0'.repeat(100)])(
  'what is no report is other: %j',
  (text) => expect(readReport(Buffer.from(text)).kind).toBe('other'),
);

test('hostile reports cost little', () => {
  const head = 'Content-Type: multipart/report; boundary=x\nSubject: failure notice\n\n';
  const bodies = [
    '--x\n'.repeat(200_000),
    '--x\nContent-Type: multipart/mixed; boundary=x\n\n'.repeat(20_000),
    '<a@b.example>:\n'.repeat(60_000),
    '\n\n'.repeat(400_000),
    'a: b\n'.repeat(200_000),
    `--x\nContent-Type: message/delivery-status\n\n${'Final-Recipient: rfc822; a@b.example\n\n'.repeat(20_000)}`,
    `${'a'.repeat(500_000)}@`,
    ';x="'.repeat(120_000),
  ];
  const readAll = () => {
    for (const body of bodies) {
      readReport(Buffer.from(head + body));
      readReport(Buffer.from(`Content-Type: text/plain${body}`));
    }
  };
  expect(cpuMsOf(readAll)).toBeLessThan(3_000);
});

function read(text: string) {
  return readReport(Buffer.from(text.replaceAll('\n', '\r\n')));
}
