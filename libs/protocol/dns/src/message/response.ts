import { readName } from './name.ts';
import { CLASS_IN, TYPE_NUMBERS } from './types.ts';

/** A response as far as we read it: the sections are lists of records whose RDATA is still in the message. */
export interface Response {
  readonly message: Buffer;
  /** The RCODE with its extension in OPT (RFC 6891 §6.1.3). */
  readonly rcode: number;
  readonly truncated: boolean;
  readonly authenticData: boolean;
  /** The records of class IN in the answer section, the first MAX_RECORDS of them. */
  readonly answers: readonly RawRecord[];
  /** How long a denial may be kept (RFC 2308 §5); undefined when the response has no SOA record. */
  readonly negativeTtlSeconds: number | undefined;
}

export interface RawRecord {
  readonly name: string;
  readonly type: number;
  readonly ttlSeconds: number;
  readonly start: number;
  readonly end: number;
}

export const RCODES = Object.freeze({ NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 });

/** An answer of more records than this is cut: nobody needs them, and somebody pays for them. */
export const MAX_RECORDS = 512;

/** Reads a response; undefined when it is not one from beginning to end. Records are not read beyond the limit. */
export function readResponse(message: Buffer): Response | undefined {
  if (message.length < 12) return undefined;
  const flags = message.readUInt16BE(2);
  const cursor = { message, at: 12 };
  for (let count = message.readUInt16BE(4); count > 0; count -= 1) if (!skipQuestion(cursor)) return undefined;
  const header = {
    message,
    rcode: flags & 0x0f,
    truncated: (flags & 0x0200) !== 0,
    authenticData: (flags & 0x0020) !== 0,
  };
  // What was truncated need not be whole, and is asked for again.
  if (header.truncated) return { ...header, answers: [], negativeTtlSeconds: undefined };
  const answers = readSection(cursor, message.readUInt16BE(6));
  if (!answers) return undefined;
  const inClass = answers.records.filter((record) => record.class === CLASS_IN);
  if (answers.cut) return { ...header, answers: inClass, negativeTtlSeconds: undefined };
  const authority = readSection(cursor, message.readUInt16BE(8));
  if (!authority) return undefined;
  const additional = authority.cut ? undefined : readSection(cursor, message.readUInt16BE(10));
  if (!authority.cut && !additional) return undefined;
  const opt = additional?.records.find((record) => record.type === TYPE_NUMBERS.OPT);
  return {
    ...header,
    // The upper octet of an OPT record's TTL extends the RCODE.
    rcode: header.rcode | (opt ? (opt.rawTtl >>> 24) << 4 : 0),
    answers: inClass,
    negativeTtlSeconds: negativeTtl(message, authority.records),
  };
}

interface Cursor {
  readonly message: Buffer;
  at: number;
}

interface SectionRecord extends RawRecord {
  readonly class: number;
  readonly rawTtl: number;
}

function skipQuestion(cursor: Cursor): boolean {
  const name = readName(cursor.message, cursor.at);
  if (!name || name.end + 4 > cursor.message.length) return false;
  cursor.at = name.end + 4;
  return true;
}

function readSection(cursor: Cursor, count: number): { records: readonly SectionRecord[]; cut: boolean } | undefined {
  const records: SectionRecord[] = [];
  for (let index = 0; index < count; index += 1) {
    if (index === MAX_RECORDS) return { records, cut: true };
    const record = readRecord(cursor);
    if (!record) return undefined;
    records.push(record);
  }
  return { records, cut: false };
}

function readRecord(cursor: Cursor): SectionRecord | undefined {
  const { message } = cursor;
  const name = readName(message, cursor.at);
  if (!name || name.end + 10 > message.length) return undefined;
  const start = name.end + 10;
  const end = start + message.readUInt16BE(name.end + 8);
  if (end > message.length) return undefined;
  cursor.at = end;
  const rawTtl = message.readUInt32BE(name.end + 4);
  return {
    name: name.name,
    type: message.readUInt16BE(name.end),
    class: message.readUInt16BE(name.end + 2),
    rawTtl,
    // RFC 2181 §8: a TTL with the highest bit set is zero.
    ttlSeconds: rawTtl > 0x7fff_ffff ? 0 : rawTtl,
    start,
    end,
  };
}

/** RFC 2308 §5: the lesser of the SOA record's TTL and its MINIMUM, its last field. */
function negativeTtl(message: Buffer, authority: readonly SectionRecord[]): number | undefined {
  const soa = authority.find((record) => record.type === TYPE_NUMBERS.SOA && record.end - record.start >= 22);
  return soa && Math.min(soa.ttlSeconds, message.readUInt32BE(soa.end - 4));
}
