import { describe, expect, test } from 'vitest';
import { writeName } from './name.ts';
import { relationOf, writeQuery } from './query.ts';

describe('a query', () => {
  const query = writeQuery({ id: 0x1234, name: 'Mx.eXample', type: 'TLSA', edns: 'with' });

  test('asks one question with RD, AD and DO set and room for 1232 octets', () => {
    const question = `${writeName('Mx.eXample').toString('hex')}00340001`;
    expect(query.octets.toString('hex')).toBe(`123401200001000000000001${question}00002904d0000080000000`);
  });

  test('without EDNS has no OPT record', () => {
    const plain = writeQuery({ id: 1, name: 'a.example', type: 'A', edns: 'without' });
    expect(plain.octets.readUInt16BE(10)).toBe(0);
    expect(plain.octets.length).toBe(12 + plain.question.length);
  });

  test.each([
    ['its own question', (response: Buffer) => response, 'answer'],
    ['another id', (response: Buffer) => response.fill(0, 0, 2), 'stranger'],
    ['no response bit', (response: Buffer) => response.fill(0x01, 2, 3), 'stranger'],
    ['another opcode', (response: Buffer) => response.fill(0xa9, 2, 3), 'stranger'],
    ['no question', (response: Buffer) => response.fill(0, 4, 6), 'stranger'],
    ['two questions', (response: Buffer) => response.fill(2, 5, 6), 'stranger'],
    ['another name', (response: Buffer) => response.fill(0x7a, 14, 15), 'stranger'],
    ['another case', (response: Buffer) => response.fill(0x6d, 13, 14), 'other-case'],
    ['another type', (response: Buffer) => response.fill(1, response.length - 3, response.length - 2), 'stranger'],
    ['an octet missing', (response: Buffer) => response.subarray(0, -1), 'stranger'],
    ['nothing at all', () => Buffer.alloc(0), 'stranger'],
  ])('is answered by a message with %s: %3$s', (_, change, relation) => {
    expect(relationOf(change(respond()), query)).toBe(relation);
  });

  test('a server that cannot read it may refuse it without repeating the question', () => {
    expect(relationOf(Buffer.from('123480010000000000000000', 'hex'), query)).toBe('answer');
    expect(relationOf(Buffer.from('12348005000000000000000100002904d0000000000000', 'hex'), query)).toBe('answer');
    expect(relationOf(Buffer.from('123480030000000000000000', 'hex'), query)).toBe('stranger');
    expect(relationOf(Buffer.from('123480000000000000000000', 'hex'), query)).toBe('stranger');
  });

  function respond(): Buffer {
    const response = Buffer.from(query.octets.subarray(0, 12 + query.question.length));
    response.writeUInt16BE(0x8180, 2);
    return response;
  }
});
