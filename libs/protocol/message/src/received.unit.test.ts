import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatDate } from './date.ts';
import { formatField } from './format-field.ts';
import { formatReceived, receivedProtocol } from './received.ts';

const received = {
  from: { name: 'client.example', address: '192.0.2.1' },
  by: 'gateway.example',
  with: 'ESMTPSA',
  tls: { protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384' },
  id: '0193',
  for: 'c@d.example',
  date: new Date(Date.UTC(2026, 10, 2, 3, 4, 5)),
} as const;

it('writes a date as RFC 5322 does', () => {
  expect(formatDate(received.date)).toBe('Mon, 2 Nov 2026 03:04:05 +0000');
});

it('writes a Received field, folded', () => {
  expect(formatReceived(received)).toBe(
    'Received: from client.example ([192.0.2.1]) (using TLSv1.3 with cipher\r\n' +
      ' TLS_AES_256_GCM_SHA384) by gateway.example with ESMTPSA id 0193 for\r\n' +
      ' <c@d.example>; Mon, 2 Nov 2026 03:04:05 +0000\r\n',
  );
});

it('can leave the client, TLS and the recipient out', () => {
  const field = formatReceived({ ...received, from: undefined, tls: undefined, for: undefined, with: 'SMTP' });
  expect(field).toBe('Received: by gateway.example with SMTP id 0193; Mon, 2 Nov 2026 03:04:05 +0000\r\n');
});

it('writes an IPv6 address as a literal', () => {
  expect(formatReceived({ ...received, from: { name: 'c', address: '2001:db8::1' } })).toContain(
    '([IPv6:2001:db8::1])',
  );
});

it.each(['a\r\nBcc: x', 'a\0b', 'a) (b', 'a; b', 'a<b>', 'ü', '\x1b[31m', '', ' '])(
  'a client that calls itself %j adds no field and no clause',
  (name) => {
    const field = formatReceived({ ...received, from: { name, address: '192.0.2.1' } });
    expect(field.split('\r\n').filter((line) => /^\S/.test(line))).toHaveLength(1);
    expect(field.replace(/\r\n /g, ' ')).toMatch(/^Received: from [!-'*-:=?-~]+ \(\[192\.0\.2\.1\]\) /);
  },
);

it('whatever its value, a field is one field, printable, in lines under 998', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (value) => {
      const field = formatField('X-Field', value);
      expect(field).toMatch(/^X-Field:(?: ?[ -~]*\r\n)(?: [ -~]+\r\n)*$/);
      for (const line of field.split('\r\n')) expect(line.length).toBeLessThan(998);
    }),
  );
});

it.each([
  [{ esmtp: false, encrypted: false, authenticated: false }, 'SMTP'],
  [{ esmtp: true, encrypted: false, authenticated: false }, 'ESMTP'],
  [{ esmtp: true, encrypted: true, authenticated: false }, 'ESMTPS'],
  [{ esmtp: true, encrypted: true, authenticated: true }, 'ESMTPSA'],
])('%j is %s', (session, protocol) => {
  expect(receivedProtocol(session)).toBe(protocol);
});
