import { readHeaderSection } from '@postern/message';
import { parseMailbox } from '@postern/smtp';
import { expect, test } from 'vitest';
import { withFrom } from './rewrite-from.ts';

const mailbox = parseMailbox('printers@example.org') ?? expect.unreachable();

function rewritten(header: string): string {
  const reading = readHeaderSection(Buffer.from(header.replaceAll('\n', '\r\n'), 'latin1'));
  if (reading.kind !== 'sound') throw new Error(reading.fault.reason);
  return withFrom(reading.section, mailbox).toString('latin1').replaceAll('\r\n', '\n');
}

test('From is the configured mailbox, and what it said can still be read', () => {
  expect(rewritten('Subject: scan\nFrom: Copier\n <root@localhost>\nSender: x@y\nTo: a@b\n')).toBe(
    'From: <printers@example.org>\nX-Original-From: Copier\n <root@localhost>\nSubject: scan\nTo: a@b\n',
  );
});

test('a message without From has one, and of several only one is left', () => {
  expect(rewritten('Subject: scan\n')).toBe('From: <printers@example.org>\nSubject: scan\n');
  expect(rewritten('From: a@b\nfrom: c@d\nX-Original-From: e@f\n')).toBe(
    'From: <printers@example.org>\nX-Original-From: a@b\n',
  );
});
