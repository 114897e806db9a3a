/**
 * The few types of DER (X.690) that a certificate is written in.
 */

export function sequence(...members: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(members));
}

export function set(...members: readonly Buffer[]): Buffer {
  return tagged(0x31, Buffer.concat(members));
}

/** A positive integer from its octets: DER wants no zeros in front but the one that keeps it positive. */
export function integer(octets: Buffer): Buffer {
  const from = octets.findIndex((octet) => octet !== 0);
  const digits = from === -1 ? Buffer.from([0]) : octets.subarray(from);
  const negative = ((digits[0] ?? 0) & 0x80) !== 0;
  return tagged(0x02, negative ? Buffer.concat([Buffer.from([0]), digits]) : digits);
}

export function boolean(value: boolean): Buffer {
  return tagged(0x01, Buffer.from([value ? 0xff : 0]));
}

export function bitString(octets: Buffer, unusedBits = 0): Buffer {
  return tagged(0x03, Buffer.concat([Buffer.from([unusedBits]), octets]));
}

export function octetString(octets: Buffer): Buffer {
  return tagged(0x04, octets);
}

export function utf8String(text: string): Buffer {
  return tagged(0x0c, Buffer.from(text, 'utf8'));
}

/** An object identifier, as `1.2.840.10045.4.3.2`. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return tagged(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** RFC 5280 §4.1.2.5: UTCTime up to 2049, GeneralizedTime from then on. */
export function time(moment: Date): Buffer {
  const digits = moment.toISOString().replaceAll(/\.\d+|\D/g, '');
  return moment.getUTCFullYear() < 2050
    ? tagged(0x17, Buffer.from(`${digits.slice(2)}Z`))
    : tagged(0x18, Buffer.from(`${digits}Z`));
}

/** A value with a tag of its context. */
export function context(number: number, content: Buffer, form: 'primitive' | 'constructed'): Buffer {
  return tagged((form === 'constructed' ? 0xa0 : 0x80) | number, content);
}

function tagged(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag, ...length(content.length)]), content]);
}

function length(octets: number): number[] {
  if (octets < 0x80) return [octets];
  return octets < 0x100 ? [0x81, octets] : [0x82, octets >> 8, octets & 0xff];
}

function base128(value: number): number[] {
  const groups = [value & 0x7f];
  for (let rest = value >> 7; rest > 0; rest >>= 7) groups.unshift((rest & 0x7f) | 0x80);
  return groups;
}
