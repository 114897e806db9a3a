import { cpuMsOf } from '@postern/clock';
import { expect, test } from 'vitest';
import { BinaryRows } from './binary-rows.ts';

const TEXT = 0;
const BINARY = 1;
const done = frame('C', Buffer.from('SELECT 1\0'));

test('rows of a binary description are cut out, everything else goes on as it came', () => {
  const stream = Buffer.concat([description(BINARY), row('ab', null, ''), row('c', 'd', 'e'), done]);
  const { rows, rest } = read([stream]);
  expect(rows).toEqual([
    ['ab', null, ''],
    ['c', 'd', 'e'],
  ]);
  expect(rest).toEqual(Buffer.concat([description(BINARY), done]));
});

test('rows of a text description are left to the parser, also after binary ones', () => {
  const text = Buffer.concat([description(TEXT), row('x'), done]);
  const { rows, rest } = read([Buffer.concat([description(BINARY), row('b'), done, text])]);
  expect(rows).toEqual([['b']]);
  expect(rest).toEqual(Buffer.concat([description(BINARY), done, text]));
});

test('a stream that is cut anywhere reads the same', () => {
  const stream = Buffer.concat([
    description(BINARY),
    row('first', 'x'.repeat(50)),
    done,
    description(TEXT),
    row('t'),
    done,
  ]);
  const whole = read([stream]);
  for (let cut = 1; cut < stream.length; cut += 1) {
    expect(read([stream.subarray(0, cut), stream.subarray(cut)])).toEqual(whole);
  }
  expect(read([...stream].map((octet) => Buffer.of(octet)))).toEqual(whole);
});

test('a value of many megabytes in small pieces is put together once', () => {
  const large = Buffer.concat([description(BINARY), row('z'.repeat(20_000_000)), done]);
  const pieces: Buffer[] = [];
  for (let at = 0; at < large.length; at += 4_096) pieces.push(large.subarray(at, at + 4_096));
  expect(cpuMsOf(() => expect(read(pieces).rows[0]?.[0]).toHaveLength(20_000_000))).toBeLessThan(5_000);
});

test('a description without columns describes no binary rows', () => {
  const empty = Buffer.concat([frame('T', Buffer.of(0, 0)), row(), done]);
  expect(read([empty])).toEqual({ rows: [], rest: empty });
});

function read(pieces: readonly Buffer[]): { rows: (string | null)[][]; rest: Buffer } {
  const rows: (string | null)[][] = [];
  const rest: Buffer[] = [];
  const reader = new BinaryRows({
    row: (fields) => rows.push(fields.map((field) => field && field.toString('latin1'))),
    rest: (octets) => rest.push(Buffer.from(octets)),
  });
  for (const piece of pieces) reader.push(piece);
  return { rows, rest: Buffer.concat(rest) };
}

function frame(code: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(code, 0, 'latin1');
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** A description of one column, in one of the two formats. */
function description(format: number): Buffer {
  const column = Buffer.alloc(18);
  column.writeInt16BE(format, 16);
  return frame('T', Buffer.concat([Buffer.of(0, 1), Buffer.from('name\0'), column]));
}

function row(...values: readonly (string | null)[]): Buffer {
  const count = Buffer.alloc(2);
  count.writeInt16BE(values.length);
  return frame('D', Buffer.concat([count, ...values.map(field)]));
}

function field(value: string | null): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(value === null ? -1 : value.length);
  return Buffer.concat([length, Buffer.from(value ?? '', 'latin1')]);
}
