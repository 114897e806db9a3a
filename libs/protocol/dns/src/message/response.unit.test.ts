import * as fc from 'fast-check';
import { cpuMsOf } from '@postern/clock';
import { describe, expect, test } from 'vitest';
import type { RecordType } from '../records.ts';
import { answerOf } from './answer-of.ts';
import { readResponse } from './response.ts';
import { build, hex, NAME, record } from './testing/build-response.ts';
import { TYPE_NUMBERS } from './types.ts';

describe('whatever comes', () => {
  const types = Object.keys(TYPE_NUMBERS).filter((type) => type !== 'SOA' && type !== 'OPT') as RecordType[];
  const good = build({
    answers: [record(NAME, 'CNAME', 60, hex('b.example')), record('b.example', 'MX', 60, `000a${hex('c.example')}`)],
    soa: { ttl: 1, minimum: 1 },
  });

  test('reading ends and does not throw', () => {
    const octets = fc.uint8Array({ maxLength: 300 });
    const spoilt = fc
      .array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
      .map((changes) => {
        const copy = Buffer.from(good);
        for (const [at, octet] of changes) copy[at] = octet;
        return copy;
      });
    fc.assert(
      fc.property(fc.oneof(octets, spoilt), fc.constantFrom(...types), (message, type) => {
        const response = readResponse(Buffer.from(message));
        if (response) answerOf(response, { name: NAME, type }, { believesAd: true });
      }),
      { numRuns: 5_000 },
    );
  });

  test('a message that ends too early is none, wherever it ends', () => {
    for (let length = 0; length < good.length; length += 1) {
      expect(readResponse(good.subarray(0, length))).toBeUndefined();
    }
    expect(readResponse(good)).toBeDefined();
  });

  test('64 KiB of pointers are read in no time', () => {
    const message = Buffer.alloc(65_535);
    build({}).copy(message);
    message.writeUInt16BE(65_535, 6);
    for (let at = 40; at + 2 < message.length; at += 2) message.writeUInt16BE(0xc000 | Math.min(at - 2, 0x3fff), at);
    expect(cpuMsOf(() => readResponse(message))).toBeLessThan(500);
  });
});
