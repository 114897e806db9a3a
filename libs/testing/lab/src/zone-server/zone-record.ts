/** A record of the lab's zones, in a form that dns-packet encodes. */
export interface ZoneRecord {
  /** Lower case, without a trailing dot; the empty string is the root. */
  readonly name: string;
  readonly type: string;
  readonly ttl: number;
  readonly data: unknown;
}

/**
 * Reads records as a master file has them (RFC 1035 §5.1), one a line: `name [ttl] TYPE rdata`.
 *
 *     example.com.          300 MX    10 mx.example.com.
 *     mx.example.com.           A     127.0.0.2
 *     _25._tcp.mx.example.com.  TLSA  3 1 1 0123abcd…
 *     odd.example.com.          TLSA  \# 3 030101        RDATA as hex (RFC 3597 §5)
 *
 * Names are absolute, with or without their last dot. `;` begins a comment. Without a TTL it is 300 s.
 */
export function readRecords(text: string): readonly ZoneRecord[] {
  return text
    .split('\n')
    .map((line) => line.match(/"(?:[^"\\]|\\.)*"|;.*$|[^\s;]+/g)?.filter((word) => !word.startsWith(';')) ?? [])
    .filter((words) => words.length > 0)
    .map(readRecord);
}

/** A name as the lab compares it. */
export function canonicalName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

function readRecord(words: readonly string[]): ZoneRecord {
  const [name = '', ...rest] = words.filter((word, index) => index === 0 || word !== 'IN');
  const ttl = /^\d+$/.test(rest[0] ?? '') ? Number(rest.shift()) : 300;
  const type = (rest.shift() ?? '').toUpperCase();
  const line = words.join(' ');
  if (rest[0] === '\\#') return { name: canonicalName(name), ...rawData(type, rest, line), ttl };
  const read = DATA[type];
  if (!read || rest.length === 0) throw new Error(`The lab cannot read this record: ${line}`);
  return { name: canonicalName(name), type, ttl, data: read(rest) };
}

const name = ([target = '']: readonly string[]): string => canonicalName(target) || '.';

const DATA: Readonly<Record<string, (words: readonly string[]) => unknown>> = {
  A: ([address]) => address,
  AAAA: ([address]) => address,
  NS: name,
  CNAME: name,
  PTR: name,
  MX: ([preference, exchange = '']) => ({ preference: Number(preference), exchange: canonicalName(exchange) || '.' }),
  TXT: (words) => words.flatMap(characterStrings),
  TLSA: ([usage, selector, matchingType, ...hex]) => ({
    usage: Number(usage),
    selector: Number(selector),
    matchingType: Number(matchingType),
    certificate: Buffer.from(hex.join(''), 'hex'),
  }),
};

/** RFC 1035 §3.3: a character string holds at most 255 octets; a longer one becomes several. */
function characterStrings(word: string): readonly Buffer[] {
  const text = word.startsWith('"') ? word.slice(1, -1).replace(/\\(.)/g, '$1') : word;
  const octets = Buffer.from(text, 'utf8');
  const count = Math.max(1, Math.ceil(octets.length / 255));
  return Array.from({ length: count }, (_, index) => octets.subarray(index * 255, (index + 1) * 255));
}

const TYPE_NUMBERS: Readonly<Record<string, number>> = { A: 1, CNAME: 5, PTR: 12, MX: 15, TXT: 16, AAAA: 28, TLSA: 52 };

/** dns-packet writes the RDATA of a type that it calls UNKNOWN_n as it is. */
function rawData(type: string, words: readonly string[], line: string): { type: string; data: Buffer } {
  const number = TYPE_NUMBERS[type] ?? Number(/^TYPE(\d+)$/.exec(type)?.[1]);
  const data = Buffer.from(words.slice(2).join(''), 'hex');
  if (!Number.isInteger(number) || data.length !== Number(words[1])) throw new Error(`Not raw RDATA: ${line}`);
  return { type: `UNKNOWN_${number}`, data };
}

/** Whether a record answers a question of this type, raw RDATA included. */
export function isOfType(record: ZoneRecord, type: string): boolean {
  return record.type === type || record.type === `UNKNOWN_${TYPE_NUMBERS[type] ?? -1}`;
}
