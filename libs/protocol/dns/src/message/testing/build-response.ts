import type { RecordType } from '../../records.ts';
import { writeName } from '../name.ts';
import { TYPE_NUMBERS } from '../types.ts';

/** The name that built responses are about. */
export const NAME = 'mx.example.com';

export interface Parts {
  readonly answers?: readonly Buffer[];
  readonly soa?: { readonly ttl: number; readonly minimum: number };
  readonly rcode?: number;
  readonly authenticData?: boolean;
}

/** A response, octet for octet. */
export function build({ answers = [], soa, rcode = 0, authenticData = false }: Parts): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt16BE(0x8180 | rcode | (authenticData ? 0x20 : 0), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(answers.length, 6);
  header.writeUInt16BE(soa ? 1 : 0, 8);
  const question = Buffer.concat([writeName(NAME), Buffer.from('00010001', 'hex')]);
  const minimum = (soa?.minimum ?? 0).toString(16).padStart(8, '0');
  const authority = soa
    ? [record('example.com', 'SOA', soa.ttl, `${hex('ns')}${hex('h')}${'00'.repeat(16)}${minimum}`)]
    : [];
  return Buffer.concat([header, question, ...answers, ...authority]);
}

/** A record with its RDATA in hex. */
export function record(name: string, type: RecordType | 'SOA', ttl: number, rdata: string): Buffer {
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(TYPE_NUMBERS[type], 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt32BE(ttl, 4);
  fixed.writeUInt16BE(rdata.length / 2, 8);
  return Buffer.concat([writeName(name), fixed, Buffer.from(rdata, 'hex')]);
}

/** A name in wire form, in hex. */
export function hex(name: string): string {
  return writeName(name).toString('hex');
}
