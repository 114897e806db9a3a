import { decodeEncodedWords } from '@postern/message';
import { expect, test } from 'vitest';
import { readReport } from './index.ts';
import { failure, HEADER } from './testing/example.ts';
import { formatDsn } from './index.ts';

test('what is written is read back: status, action, recipients, reply, envelope and message', () => {
  const { octets } = formatDsn(failure());
  expect(readReport(octets)).toEqual({
    kind: 'dsn',
    form: 'standard',
    reportingMta: 'mail.example.org',
    envelopeId: 'QQ314159',
    originalMessageId: '<1@app.example.org>',
    recipients: [
      {
        originalRecipient: 'Bob@b.example',
        finalRecipient: 'bob@b.example',
        action: 'failed',
        status: '5.1.1',
        remoteMta: 'mx.b.example',
        diagnostic: '550 5.1.1 no such user',
      },
      {
        originalRecipient: undefined,
        finalRecipient: 'eve@c.example',
        action: 'failed',
        status: '5.4.7',
        remoteMta: undefined,
        diagnostic: '451 4.4.1 Nobody answers',
      },
    ],
  });
});

test('it says that a machine sent it, so that nobody answers it', () => {
  expect(formatDsn(failure()).octets.toString()).toMatch(/^Auto-Submitted: auto-replied\r$/m);
});

test('every line ends in CRLF, and none is longer than RFC 5322 allows', () => {
  const long = Buffer.from(`${HEADER}\r\n${'x'.repeat(5_000)}\r\n`);
  const text = formatDsn({ ...failure(), original: { kind: 'full', octets: long } }).octets.toString('latin1');
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
});

test('a reply of a remote host cannot begin a field or a part of its own', () => {
  const [first] = failure().recipients;
  if (!first) throw new Error('the example has recipients');
  const text = '550 no\r\nAction: delivered\r\n\r\n--postern-x\r\nContent-Type: text/html';
  const { octets } = formatDsn({ ...failure(), recipients: [{ ...first, diagnostic: { type: 'smtp', text } }] });
  expect(octets.toString()).not.toMatch(/^Action: delivered/m);
  const report = readReport(octets);
  expect(report).toMatchObject({ recipients: [{ action: 'failed' }] });
});

test('an address beyond ASCII makes the parts those of RFC 6533', () => {
  const [first] = failure().recipients;
  if (!first) throw new Error('the example has recipients');
  const dsn = formatDsn({
    ...failure(),
    to: 'jürgen@example.org',
    recipients: [{ ...first, finalRecipient: '用户@b.example' }],
  });
  expect(dsn.smtpUtf8).toBe(true);
  expect(dsn.octets.toString()).toContain('Content-Type: message/global-delivery-status');
  expect(dsn.octets.toString()).toContain('Final-Recipient: utf-8; 用户@b.example');
  expect(readReport(dsn.octets)).toMatchObject({ recipients: [{ finalRecipient: '用户@b.example' }] });
});

test('a header beyond ASCII is returned as it was', () => {
  const octets = Buffer.from('Subject: Grüße\r\nMessage-ID: <1@app.example.org>\r\n');
  const dsn = formatDsn({ ...failure(), original: { kind: 'headers', octets } });
  expect(dsn).toMatchObject({ eightBit: true, smtpUtf8: false });
  expect(dsn.octets.includes(octets)).toBe(true);
});

test('a subject beyond ASCII reaches the sender as it was written', () => {
  const text = formatDsn({ ...failure(), subject: 'Nicht zugestellt: Grüße' }).octets.toString();
  const [, subject = ''] = /^Subject: (.*)\r$/m.exec(text) ?? [];
  expect(decodeEncodedWords(subject, { maxLength: 100 })).toBe('Nicht zugestellt: Grüße');
});
