import { formatIpv6 } from '@postern/smtp';
import type { RecordType } from '../records.ts';
import { readName } from './name.ts';
import type { RecordOf } from './types.ts';

type ReadRdata = {
  readonly [Type in RecordType]: (message: Buffer, start: number, end: number) => RecordOf[Type] | undefined;
};

/** Reads the RDATA of each type, which lies between `start` and `end`; undefined when it is not of the type's form. */
export const READ_RDATA: ReadRdata = {
  A: (message, start, end) =>
    end - start === 4 ? { family: 4, address: [...message.subarray(start, end)].join('.') } : undefined,

  AAAA(message, start, end) {
    if (end - start !== 16) return undefined;
    const groups = Array.from({ length: 8 }, (_, index) => message.readUInt16BE(start + 2 * index));
    return { family: 6, address: formatIpv6(groups) };
  },

  MX(message, start, end) {
    const exchange = end - start > 2 ? wholeName(message, start + 2, end) : undefined;
    return exchange === undefined ? undefined : { preference: message.readUInt16BE(start), exchange };
  },

  TXT(message, start, end) {
    let text = '';
    for (let at = start; at < end;) {
      const next = at + 1 + (message[at] ?? 0);
      if (next > end) return undefined;
      text += message.toString('utf8', at + 1, next);
      at = next;
    }
    return text;
  },

  TLSA(message, start, end) {
    if (end - start <= 3) return { kind: 'malformed' };
    const [usage = 0, selector = 0, matchingType = 0] = message.subarray(start, start + 3);
    // A copy: the record outlives the message.
    return { kind: 'tlsa', usage, selector, matchingType, data: Buffer.from(message.subarray(start + 3, end)) };
  },

  CNAME: wholeName,
  PTR: wholeName,
};

/** The name that fills RDATA to its end. */
function wholeName(message: Buffer, start: number, end: number): string | undefined {
  const reading = readName(message, start);
  return reading?.end === end ? reading.name : undefined;
}
