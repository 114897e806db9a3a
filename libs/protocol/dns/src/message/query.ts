import type { RecordType } from '../records.ts';
import { writeName } from './name.ts';
import { CLASS_IN, TYPE_NUMBERS } from './types.ts';

/** A query as it is sent. */
export interface Query {
  readonly octets: Buffer;
  /** The question section, which a response to this query repeats octet for octet, the case of letters included. */
  readonly question: Buffer;
  readonly id: number;
}

/** DNS Flag Day 2020: what every path carries unfragmented. */
const UDP_PAYLOAD_OCTETS = 1232;

const RECURSION_DESIRED = 0x0100;
/** RFC 6840 §5.7: tell us whether the answer is authentic. */
const AUTHENTIC_DATA = 0x0020;

/** Writes a query, with EDNS and the DO bit (RFC 6891 §6.1.2, RFC 3225) unless the server cannot read them. */
export function writeQuery(query: {
  readonly id: number;
  readonly name: string;
  readonly type: RecordType;
  readonly edns: 'with' | 'without';
}): Query {
  const header = words(query.id, RECURSION_DESIRED | AUTHENTIC_DATA, 1, 0, 0, query.edns === 'with' ? 1 : 0);
  const question = Buffer.concat([writeName(query.name), words(TYPE_NUMBERS[query.type], CLASS_IN)]);
  const opt = query.edns === 'with' ? OPT : Buffer.alloc(0);
  return { octets: Buffer.concat([header, question, opt]), question, id: query.id };
}

function words(...values: readonly number[]): Buffer {
  const octets = Buffer.alloc(2 * values.length);
  for (const [index, value] of values.entries()) octets.writeUInt16BE(value, 2 * index);
  return octets;
}

/** The root name, OPT, our size, no extended RCODE, version 0, DO, no options. */
const OPT = Buffer.concat([Buffer.from([0]), words(TYPE_NUMBERS.OPT, UDP_PAYLOAD_OCTETS, 0, 0x8000, 0)]);

/** How a message relates to a query. */
export type Relation =
  /** It answers the query. */
  | 'answer'
  /** It would, but for the case of letters in the name: a server that does not keep it, or a guess (draft-vixie-dnsext-dns0x20). */
  | 'other-case'
  /** It does not. */
  | 'stranger';

/** Whether a message answers a query: a response with its id and its question (RFC 5452 §9.1). */
export function relationOf(message: Buffer, query: Query): Relation {
  if (isBareRefusal(message, query)) return 'answer';
  if (message.length < 12 + query.question.length) return 'stranger';
  const isResponse = ((message[2] ?? 0) & 0xf8) === 0x80;
  if (!isResponse || message.readUInt16BE(0) !== query.id || message.readUInt16BE(4) !== 1) return 'stranger';
  const asked = message.subarray(12, 12 + query.question.length);
  if (asked.equals(query.question)) return 'answer';
  return lower(asked) === lower(query.question) ? 'other-case' : 'stranger';
}

/** A server that could not read the query has no question to repeat: FORMERR, NOTIMP or REFUSED, and nothing else. */
function isBareRefusal(message: Buffer, query: Query): boolean {
  if (message.length < 12 || message.readUInt16BE(0) !== query.id) return false;
  const rcode = (message[3] ?? 0) & 0x0f;
  return ((message[2] ?? 0) & 0xf8) === 0x80 && message.readUInt32BE(4) === 0 && [1, 4, 5].includes(rcode);
}

function lower(octets: Buffer): string {
  return octets.toString('latin1').toLowerCase();
}
