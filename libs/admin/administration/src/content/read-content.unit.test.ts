import { expect, test } from 'vitest';
import { readContent, readHtml } from './read-content.ts';

const lines = (...all: readonly string[]) => Buffer.from(all.join('\r\n'), 'latin1');

test('the text is read in its transfer encoding and its character set', () => {
  const mail = lines(
    'Subject: x',
    'Content-Type: text/plain; charset=iso-8859-1',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    'Gr=FC=DFe',
  );
  expect(readContent(mail, 'whole')).toMatchObject({ text: 'Grüße', html: false, whole: true });
});

test('of alternatives both are found, and attachments are none of them', () => {
  const mail = lines(
    'Content-Type: multipart/mixed; boundary=o',
    '',
    '--o',
    'Content-Type: multipart/alternative; boundary=i',
    '',
    '--i',
    '',
    'plain',
    '--i',
    'Content-Type: text/html',
    '',
    '<b>rich</b>',
    '--i--',
    '--o',
    'Content-Type: text/html',
    'Content-Disposition: attachment; filename="evil.html"',
    '',
    '<script>',
    '--o--',
  );
  const read = readContent(mail, 'whole');
  expect(read.text).toBe('plain');
  expect(read.parts.map(({ type, name }) => [type, name])).toEqual([
    ['text/plain', null],
    ['text/html', null],
    ['text/html', 'evil.html'],
  ]);
  expect(readHtml(mail)).toBe('<b>rich</b>');
});

test('fields are shown as they stand, folding and all', () => {
  expect(readContent(lines('A: 1', ' 2', 'no field', 'B: <script>', '', 'x'), 'front').fields).toEqual([
    { name: 'A', value: '1\n 2' },
    { name: 'B', value: '<script>' },
  ]);
});

test('a thousand nested parts and an unknown character set are read without a fault', () => {
  const nested = Array.from({ length: 1_000 }, () => 'Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n').join(
    '',
  );
  expect(readContent(Buffer.from(nested), 'front').parts.length).toBeLessThanOrEqual(100);
  expect(readContent(lines('Content-Type: text/plain; charset=x-none', '', 'a'), 'whole').text).toBe('a');
});
