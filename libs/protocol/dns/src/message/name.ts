/** A domain name read from a message, and where what follows it begins. */
export interface NameReading {
  /** Lower case, without a trailing dot; `.` is the root. */
  readonly name: string;
  readonly end: number;
}

/**
 * Reads a domain name, compressed or not (RFC 1035 §4.1.4); undefined when there is none to read.
 *
 * A dot or backslash inside a label, and an octet that does not print, come out as master files write them (`\.`, `\007`,
 * RFC 1035 §5.1), so that no two names read alike: `a.b` as one label must not pass for two.
 */
export function readName(message: Buffer, start: number): NameReading | undefined {
  const labels: string[] = [];
  let octets = 1;
  let pointers = 0;
  let end: number | undefined;
  let at = start;
  // A pointer leads back, always: a name that goes in circles has none to follow.
  let limit = start;
  for (;;) {
    const length = message[at];
    if (length === undefined) return undefined;
    if (length === 0) return { name: labels.join('.') || '.', end: end ?? at + 1 };
    if (length >= 0xc0) {
      const low = message[at + 1];
      if (low === undefined) return undefined;
      end ??= at + 2;
      at = ((length & 0x3f) << 8) | low;
      if (at >= limit) return undefined;
      limit = at;
      if ((pointers += 1) > MAX_POINTERS) return undefined;
      continue;
    }
    if (length > 63 || at + 1 + length > message.length) return undefined;
    if ((octets += length + 1) > MAX_NAME_OCTETS) return undefined;
    labels.push(labelText(message, at + 1, at + 1 + length));
    at += 1 + length;
  }
}

/** Whether a name can be asked for: labels of 1 to 63 ASCII octets, 253 in all. */
export function isAskable(name: string): boolean {
  return name.length <= 253 && name.split('.').every((label) => /^[\x21-\x7e]{1,63}$/.test(label));
}

/** Writes a name of labels that hold no dots. */
export function writeName(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.from(label, 'latin1'));
  return Buffer.concat([...labels.flatMap((label) => [Buffer.from([label.length]), label]), Buffer.from([0])]);
}

/** RFC 1035 §2.3.4, with the length octets and the root. */
const MAX_NAME_OCTETS = 255;
/** One for each label is plenty; nobody's answer may cost more than that to read. */
const MAX_POINTERS = 127;
const PLAIN = /^[a-z0-9_-]*$/;

function labelText(message: Buffer, from: number, to: number): string {
  const text = message.toString('latin1', from, to).toLowerCase();
  if (PLAIN.test(text)) return text;
  return text.replace(/[.\\]/g, '\\$&').replace(/[^\x21-\x7e]/g, decimalEscape);
}

function decimalEscape(character: string): string {
  return `\\${String(character.charCodeAt(0)).padStart(3, '0')}`;
}
