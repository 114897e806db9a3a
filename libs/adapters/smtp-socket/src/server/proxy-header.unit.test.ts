import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readProxyHeader } from './proxy-header.ts';

const SIGNATURE = Buffer.from('0d0a0d0a000d0a515549540a', 'hex');

function version2(parts: { readonly head?: number[]; readonly body?: Buffer; readonly length?: number } = {}): Buffer {
  const { head = [0x21, 0x11], body = V4, length = body.length } = parts;
  return Buffer.concat([SIGNATURE, Buffer.from(head), Buffer.from([length >> 8, length & 0xff]), body]);
}

const V4 = Buffer.from([192, 0, 2, 1, 198, 51, 100, 7, 0x12, 0x34, 0x02, 0x4b]);
const ENDS = { address: '192.0.2.1', localAddress: '198.51.100.7', port: 0x1234, localPort: 587 };

describe('version 1', () => {
  it.each([
    ['PROXY TCP4 192.0.2.1 198.51.100.7 4660 587\r\n', ENDS],
    ['PROXY TCP6 2001:DB8:0:0::1 ::1 1 2\r\n', { address: '2001:db8::1', localAddress: '::1', port: 1, localPort: 2 }],
    ['PROXY TCP6 ::ffff:192.0.2.1 ::1 1 2\r\n', { address: '192.0.2.1', localAddress: '::1', port: 1, localPort: 2 }],
    ['PROXY UNKNOWN\r\n', undefined],
    ['PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n', undefined],
  ])('%j says who the client is', (line, ends) => {
    expect(readProxyHeader(Buffer.from(`${line}EHLO`))).toEqual({ kind: 'read', ends, rest: Buffer.from('EHLO') });
  });

  it.each([
    'PROXY TCP4 192.0.2.1 198.51.100.7 4660\r\n',
    'PROXY TCP4 192.0.2.256 198.51.100.7 1 2\r\n',
    'PROXY TCP4 ::1 ::1 1 2\r\n',
    'PROXY TCP6 192.0.2.1 198.51.100.7 1 2\r\n',
    'PROXY TCP4 192.0.2.1 198.51.100.7 65536 2\r\n',
    'PROXY TCP4 192.0.2.1 198.51.100.7 1 2 \r\n',
    'PROXY  TCP4 192.0.2.1 198.51.100.7 1 2\r\n',
    'PROXY UDP4 192.0.2.1 198.51.100.7 1 2\r\n',
    `PROXY UNKNOWN ${'x'.repeat(200)}`,
    'EHLO client.example\r\n',
    '\x16\x03\x01',
    'proxy tcp4',
  ])('%j is none', (line) => {
    expect(readProxyHeader(Buffer.from(line, 'latin1'))).toMatchObject({ kind: 'invalid' });
  });
});

describe('version 2', () => {
  it.each([
    ['IPv4', version2(), ENDS],
    ['IPv4 with further values', version2({ body: Buffer.concat([V4, Buffer.alloc(100)]) }), ENDS],
    ['the balancer itself', version2({ head: [0x20, 0], body: Buffer.alloc(0) }), undefined],
    ['a family that is not told', version2({ head: [0x21, 0], body: Buffer.alloc(5) }), undefined],
    [
      'IPv6',
      version2({
        head: [0x21, 0x21],
        body: Buffer.from('20010db8000000000000000000000001'.repeat(2) + '00010002', 'hex'),
      }),
      { address: '2001:db8::1', localAddress: '2001:db8::1', port: 1, localPort: 2 },
    ],
  ])('of %s', (_, octets, ends) => {
    const rest = Buffer.from('EHLO');
    expect(readProxyHeader(Buffer.concat([octets, rest]))).toEqual({ kind: 'read', ends, rest });
  });

  it.each([
    ['another version', version2({ head: [0x11, 0x11] })],
    ['an unknown command', version2({ head: [0x22, 0x11] })],
    ['UDP', version2({ head: [0x21, 0x12] })],
    ['a UNIX socket', version2({ head: [0x21, 0x31], body: Buffer.alloc(216) })],
    ['too little', version2({ body: V4.subarray(1) })],
    ['64 KiB', version2({ length: 65_535 })],
  ])('of %s is none', (_, octets) => {
    expect(readProxyHeader(octets)).toMatchObject({ kind: 'invalid' });
  });
});

test('as long as there may be more of a header, more is waited for', () => {
  for (const whole of [version2(), Buffer.from('PROXY TCP4 192.0.2.1 198.51.100.7 4660 587\r\n')])
    for (let end = 0; end < whole.length; end += 1)
      expect(readProxyHeader(whole.subarray(0, end))).toEqual({ kind: 'more' });
});

test('any octets are a header, none, or the beginning of one', () => {
  const octets = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.uint8Array({ maxLength: 300 }).map((rest) => Buffer.concat([SIGNATURE, rest])),
    fc.string({ maxLength: 200 }).map((rest) => Buffer.from(`PROXY ${rest}`)),
  );
  fc.assert(
    fc.property(octets, (given) => {
      expect(['more', 'invalid', 'read']).toContain(readProxyHeader(Buffer.from(given)).kind);
    }),
  );
});
