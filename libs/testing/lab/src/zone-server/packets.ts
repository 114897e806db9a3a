import { randomBytes } from 'node:crypto';
import * as dnsPacket from 'dns-packet';
import type { ZoneFaultKind } from './fault.ts';
import type { Lookup } from './zone-data.ts';
import type { ZoneRecord } from './zone-record.ts';

export interface Query {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly question: dnsPacket.Question;
  readonly via: 'udp' | 'tcp';
  /** RFC 6840 §5.7: the AD bit is for those who asked for it, or set DO. */
  readonly wantsAd: boolean;
  readonly udpOctets: number;
}

/** Reads a query; undefined when it is none. */
export function readQuery(octets: Buffer, via: 'udp' | 'tcp'): Query | undefined {
  try {
    const packet = dnsPacket.decode(octets);
    const question = packet.questions?.[0];
    if (packet.type !== 'query' || !question) return undefined;
    const opt = packet.additionals?.find((each) => each.type === 'OPT');
    return {
      id: packet.id ?? 0,
      name: question.name === '.' ? '' : question.name.toLowerCase(),
      type: question.type,
      question,
      via,
      wantsAd: packet.flag_ad || (opt?.flag_do ?? false),
      udpOctets: opt?.udpPayloadSize ?? 512,
    };
  } catch {
    return undefined;
  }
}

/** The response to a query, truncated when it is longer than UDP may carry. */
export function response(
  query: Query,
  lookup: Lookup,
  options: { readonly authentic: boolean; readonly negativeTtlSeconds: number },
): Buffer {
  const flags =
    dnsPacket.RECURSION_DESIRED |
    dnsPacket.RECURSION_AVAILABLE |
    (options.authentic && query.wantsAd ? dnsPacket.AUTHENTIC_DATA : 0) |
    (lookup.rcode === 'NXDOMAIN' ? RCODES.NXDOMAIN : 0);
  const isEmpty = !lookup.answers.some((each) => each.type !== 'CNAME');
  const octets = encode(query, flags, lookup.answers, isEmpty ? [soa(options.negativeTtlSeconds)] : []);
  if (query.via === 'udp' && octets.length > query.udpOctets) return truncated(query);
  if (octets.length > 65_535) throw new Error(`The lab's answer for ${query.name} does not fit into a message`);
  return octets;
}

/** A response of this RCODE and nothing else. */
export function refusal(query: Query, rcode: 'SERVFAIL' | 'REFUSED' | 'FORMERR'): Buffer {
  return encode(query, dnsPacket.RECURSION_DESIRED | dnsPacket.RECURSION_AVAILABLE | RCODES[rcode], []);
}

export function truncated(query: Query): Buffer {
  return encode(query, dnsPacket.RECURSION_DESIRED | dnsPacket.RECURSION_AVAILABLE | dnsPacket.TRUNCATED_RESPONSE, []);
}

/** A well-formed response with one thing wrong about it. */
export function spoilt(octets: Buffer, kind: ZoneFaultKind): Buffer {
  const copy = Buffer.from(octets);
  if (kind === 'wrong-id') copy.writeUInt16BE(copy.readUInt16BE(0) ^ 0x5555, 0);
  // The first label begins at 13, its length before it: another letter, or the same one in the other case.
  if (kind === 'wrong-question') copy[13] = copy[13] === 0x7a ? 0x79 : 0x7a;
  if (kind === 'wrong-case') for (let at = 13; at < 13 + (copy[12] ?? 0); at += 1) copy[at] = swapCase(copy[at] ?? 0);
  if (kind === 'garbage') return Buffer.concat([copy.subarray(0, 12), randomBytes(60)]);
  return copy;
}

/** The answer of an attacker: right in all but what only the resolver and we know. */
export function forged(query: Query): Buffer {
  const type = query.type === 'AAAA' ? 'AAAA' : 'A';
  const data = type === 'AAAA' ? '::6' : '127.66.66.66';
  const flags = dnsPacket.RECURSION_DESIRED | dnsPacket.RECURSION_AVAILABLE | dnsPacket.AUTHENTIC_DATA;
  return encode(query, flags, [{ name: query.name, type, ttl: 86_400, data }]);
}

/** As many A records as 64 KiB will hold. */
export function huge(query: Query): Buffer {
  const room = 65_535 - 18 - query.name.length;
  const count = Math.floor(room / (query.name.length + 2 + 14));
  const records = Array.from({ length: count }, (_, index) => ({
    name: query.name,
    type: 'A',
    ttl: 300,
    data: `127.1.${index >> 8}.${index & 255}`,
  }));
  return encode(query, dnsPacket.RECURSION_DESIRED | dnsPacket.RECURSION_AVAILABLE, records);
}

const RCODES = Object.freeze({ FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 });

function soa(minimum: number): ZoneRecord {
  const data = { mname: 'ns.lab', rname: 'hostmaster.lab', serial: 1, refresh: 1, retry: 1, expire: 1, minimum };
  return { name: '', type: 'SOA', ttl: minimum, data };
}

function encode(
  query: Query,
  flags: number,
  answers: readonly ZoneRecord[],
  authorities: readonly ZoneRecord[] = [],
): Buffer {
  return dnsPacket.encode({
    type: 'response',
    id: query.id,
    flags,
    questions: [query.question],
    answers: answers.map(forPacket),
    authorities: authorities.map(forPacket),
  });
}

function forPacket(record: ZoneRecord): dnsPacket.Answer {
  // The data were made for the type by readRecords; dns-packet's union cannot be told so.
  return { ...record, name: record.name || '.' } as dnsPacket.Answer;
}

function swapCase(octet: number): number {
  const isLetter = (octet | 0x20) >= 0x61 && (octet | 0x20) <= 0x7a;
  return isLetter ? octet ^ 0x20 : octet;
}
