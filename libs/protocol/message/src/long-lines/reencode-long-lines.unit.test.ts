import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reencodeLongLines } from './reencode-long-lines.ts';

const LONG = `${'ü=€ long '.repeat(300)}end`;

function reencode(header: string, body: string) {
  const result = reencodeLongLines({ header: Buffer.from(header, 'latin1'), body: Buffer.from(body) });
  return result && { header: result.header.toString('latin1'), body: result.body.toString('latin1') };
}

/** An independent reading of quoted-printable (RFC 2045 §6.7). */
function decodeQp(text: string): Buffer {
  const joined = text.replaceAll('=\r\n', '');
  return Buffer.from(
    joined.replaceAll(/=([0-9A-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))),
    'latin1',
  );
}

const longest = (text: string) => Math.max(...text.split('\r\n').map((line) => line.length));

describe('a message with lines over 998 octets', () => {
  it('becomes quoted-printable where it is a text, and says so', () => {
    const got = reencode('From: a@b.example\r\nSubject: x\r\n', `${LONG}\r\n.\r\nFrom here \r\n`);
    expect(got?.header).toBe(
      'From: a@b.example\r\nSubject: x\r\nContent-Transfer-Encoding: quoted-printable\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n',
    );
    expect(longest(got?.body ?? '')).toBeLessThanOrEqual(76);
    expect(decodeQp(got?.body ?? '').toString()).toBe(`${LONG}\r\n.\r\nFrom here \r\n`);
  });

  it('keeps its type, and has one Content-Transfer-Encoding', () => {
    const header =
      'MIME-Version: 1.0\r\nContent-transfer-encoding: 8bit\r\nContent-Type: text/html;\r\n charset="utf-8"\r\nSubject: x\r\n';
    const got = reencode(header, LONG);
    expect(got?.header).toBe(
      'MIME-Version: 1.0\r\nContent-Type: text/html;\r\n charset="utf-8"\r\nSubject: x\r\nContent-Transfer-Encoding: quoted-printable\r\n',
    );
  });

  it('has only those of its parts changed that have such lines', () => {
    const part = (type: string, body: string) => `Content-Type: ${type}\r\n\r\n${body}`;
    const plain = part('text/plain', 'short=20');
    const data = part('application/json', `{"a":"${'1'.repeat(2000)}"}`);
    const body = [
      'preamble',
      '--b',
      plain,
      '--b',
      part('text/html; charset=utf-8', LONG),
      '--b',
      data,
      '--b--',
      'epilogue',
      '',
    ].join('\r\n');
    const got = reencode('MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n', body);
    expect(got?.header).toContain('multipart/mixed; boundary="b"');
    expect(longest(got?.body ?? '')).toBeLessThanOrEqual(76);
    const [before, first, second, third, behind] = (got?.body ?? '').split(/(?:^|\r\n)--b(?:--)?\r\n/);
    expect([before, first, behind]).toEqual(['preamble', plain, 'epilogue\r\n']);
    const [, html = ''] = second?.split('\r\n\r\n') ?? [];
    expect(decodeQp(html).toString()).toBe(LONG);
    const [, json = ''] = third?.split('\r\n\r\n') ?? [];
    expect(Buffer.from(json, 'base64').toString()).toBe(`{"a":"${'1'.repeat(2000)}"}`);
  });

  it('has base64 and quoted-printable in one line broken where they may be', () => {
    const octets = Buffer.from(LONG).toString('base64');
    const b64 = reencode('MIME-Version: 1.0\r\nContent-Transfer-Encoding: base64\r\n', octets);
    expect(longest(b64?.body ?? '')).toBeLessThanOrEqual(76);
    expect(Buffer.from(b64?.body ?? '', 'base64').toString()).toBe(LONG);
    const qp = reencode(
      'MIME-Version: 1.0\r\nContent-Transfer-Encoding: quoted-printable\r\n',
      `${'=C3=BC'.repeat(400)}\r\n`,
    );
    expect(longest(qp?.body ?? '')).toBeLessThanOrEqual(76);
    expect(decodeQp(qp?.body ?? '').toString()).toBe(`${'ü'.repeat(400)}\r\n`);
  });

  it('has header fields folded at their spaces', () => {
    const field = `References: ${'<id@example.org> '.repeat(100)}`.trim();
    const got = reencode(`${field}\r\n`, 'body\r\n');
    expect(longest(got?.header ?? '')).toBeLessThanOrEqual(998);
    expect(got?.header.replaceAll('\r\n ', ' ')).toBe(`${field}\r\n`);
    expect(got?.body).toBe('body\r\n');
  });

  it.each([
    ['a word of a header field is longer', `Subject: ${'x'.repeat(999)}\r\n`, 'a\r\n'],
    [
      'a signed part would not verify',
      'Content-Type: multipart/signed; boundary=b\r\n',
      `--b\r\n\r\n${LONG}\r\n--b--\r\n`,
    ],
    ['a part is a message of its own', 'Content-Type: message/rfc822\r\n', LONG],
    ['a multipart has no boundary', 'Content-Type: multipart/mixed\r\n', LONG],
    ['a multipart does not end', 'Content-Type: multipart/mixed; boundary=b\r\n', `--b\r\n\r\n${LONG}\r\n`],
    [
      'the line stands between the parts',
      'Content-Type: multipart/mixed; boundary=b\r\n',
      `${LONG}\r\n--b\r\n\r\na\r\n--b--\r\n`,
    ],
    ['the encoding is not known', 'Content-Transfer-Encoding: x-uuencode\r\n', LONG],
  ])('is left alone where %s', (_, header, body) => {
    expect(reencode(header, body)).toBeUndefined();
  });

  it('says the same whatever its octets are', () => {
    const octet = fc.integer({ min: 1, max: 255 }).filter((each) => each !== 10 && each !== 13);
    const line = fc.oneof(fc.array(octet, { minLength: 990, maxLength: 1200 }), fc.array(octet, { maxLength: 80 }));
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), (lines) => {
        const body = Buffer.concat(lines.map((each) => Buffer.from([...each, 13, 10])));
        const got = reencodeLongLines({ header: Buffer.from('A: b\r\n'), body });
        const text = got?.body.toString('latin1') ?? '';
        expect(longest(text)).toBeLessThanOrEqual(998);
        expect((lines.some((each) => each.length > 998) ? decodeQp(text) : got?.body)?.equals(body)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
