/**
 * Reads values in PostgreSQL's binary format, by the type's OID. Types that are not named here, enums among them, are
 * text. The octets belong to the connection, so what is kept is copied.
 */
export function decoderOf(oid: number): (octets: Buffer) => unknown {
  return DECODERS[oid] ?? text;
}

const EPOCH_MS = 946_684_800_000;

const DECODERS: Readonly<Record<number, (octets: Buffer) => unknown>> = {
  16: (octets) => octets[0] === 1,
  17: (octets) => Buffer.from(octets),
  // What we count in 8 octets stays below 2^53.
  20: (octets) => Number(octets.readBigInt64BE(0)),
  21: (octets) => octets.readInt16BE(0),
  23: (octets) => octets.readInt32BE(0),
  701: (octets) => octets.readDoubleBE(0),
  114: (octets) => JSON.parse(text(octets)) as unknown,
  1184: (octets) => new Date(Number(octets.readBigInt64BE(0)) / 1_000 + EPOCH_MS),
  2950: uuid,
};

function text(octets: Buffer): string {
  return octets.toString('utf8');
}

function uuid(octets: Buffer): string {
  const digits = octets.toString('hex');
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`;
}
