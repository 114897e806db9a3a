/**
 * Arrays in PostgreSQL's binary format. As text an array of bytea would travel as hexadecimal digits, at twice its size;
 * so one statement with a fixed number of parameters carries a batch of any size.
 */
const OIDS = { bool: 16, bytea: 17, int8: 20, int2: 21, int4: 23, text: 25, timestamptz: 1184, uuid: 2950 } as const;
const HEADER_OCTETS = 20;
/** 2000-01-01, from which PostgreSQL counts. */
const EPOCH_MS = 946_684_800_000;

export function uuids(values: readonly (string | undefined)[]): Buffer {
  return fixed(OIDS.uuid, 16, values, (octets, value, at) => writeUuid(octets, value, at));
}

export function int2s(values: readonly (number | undefined)[]): Buffer {
  return fixed(OIDS.int2, 2, values, (octets, value, at) => octets.writeInt16BE(value, at));
}

export function int4s(values: readonly (number | undefined)[]): Buffer {
  return fixed(OIDS.int4, 4, values, (octets, value, at) => octets.writeInt32BE(value, at));
}

/** Whole numbers up to 2^53. */
export function int8s(values: readonly number[]): Buffer {
  return fixed(OIDS.int8, 8, values, (octets, value, at) => octets.writeBigInt64BE(BigInt(value), at));
}

export function booleans(values: readonly (boolean | undefined)[]): Buffer {
  return fixed(OIDS.bool, 1, values, (octets, value, at) => octets.writeUInt8(value ? 1 : 0, at));
}

export function instants(values: readonly (Date | undefined)[]): Buffer {
  return fixed(OIDS.timestamptz, 8, values, (octets, value, at) =>
    octets.writeBigInt64BE(BigInt(Math.round((value.getTime() - EPOCH_MS) * 1_000)), at),
  );
}

/** PostgreSQL's text holds no NUL; what has one is stored with the replacement character in its place. */
export function texts(values: readonly (string | undefined)[]): Buffer {
  let size = 0;
  for (const value of values) size += 4 + (value === undefined ? 0 : Buffer.byteLength(value));
  // A replacement character takes three octets instead of one.
  const cleaned = values.some((value) => value?.includes('\0')) ? values.map(withoutNul) : values;
  if (cleaned !== values) return texts(cleaned);
  const octets = array(OIDS.text, values.length, size);
  let at = HEADER_OCTETS;
  for (const value of values) {
    if (value === undefined) {
      at = writeNull(octets, at);
      continue;
    }
    const length = octets.write(value, at + 4);
    octets.writeInt32BE(length, at);
    at += 4 + length;
  }
  return octets;
}

export function octetStrings(values: readonly Buffer[]): Buffer {
  let size = 0;
  for (const value of values) size += 4 + value.length;
  const octets = array(OIDS.bytea, values.length, size);
  let at = HEADER_OCTETS;
  for (const value of values) {
    octets.writeInt32BE(value.length, at);
    at += 4 + value.copy(octets, at + 4);
  }
  return octets;
}

function fixed<T>(
  oid: number,
  width: number,
  values: readonly (T | undefined)[],
  write: (octets: Buffer, value: T, at: number) => void,
): Buffer {
  const missing = values.reduce((count, value) => count + (value === undefined ? 1 : 0), 0);
  const octets = array(oid, values.length, values.length * 4 + (values.length - missing) * width);
  let at = HEADER_OCTETS;
  for (const value of values) {
    if (value === undefined) {
      at = writeNull(octets, at);
      continue;
    }
    octets.writeInt32BE(width, at);
    write(octets, value, at + 4);
    at += 4 + width;
  }
  return octets;
}

/** An array of one dimension whose elements count from 1. The server finds nulls by their length. */
function array(oid: number, length: number, size: number): Buffer {
  const octets = Buffer.allocUnsafe(HEADER_OCTETS + size);
  octets.writeInt32BE(1, 0);
  octets.writeInt32BE(1, 4);
  octets.writeInt32BE(oid, 8);
  octets.writeInt32BE(length, 12);
  octets.writeInt32BE(1, 16);
  return octets;
}

function writeNull(octets: Buffer, at: number): number {
  return octets.writeInt32BE(-1, at);
}

function writeUuid(octets: Buffer, value: string, at: number): void {
  if (octets.write(value.replaceAll('-', ''), at, 'hex') !== 16) throw new TypeError(`${value} is no UUID`);
}

function withoutNul(value: string | undefined): string | undefined {
  return value?.replaceAll('\0', '\uFFFD');
}
