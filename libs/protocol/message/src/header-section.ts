import { isAscii, isUtf8 } from 'node:buffer';

/** A header section: its octets, and where each field stands in them (RFC 5322 §2.2). */
export interface HeaderSection {
  readonly octets: Buffer;
  /** In their order, every one, whether we know it or not. */
  readonly fields: readonly HeaderField[];
}

export interface HeaderField {
  /** As written. */
  readonly name: string;
  /** In lower case, to compare. */
  readonly key: string;
  /** The field's octets with its last CRLF: from `start` up to `end`. */
  readonly start: number;
  readonly end: number;
  /** Where the value begins. */
  readonly valueStart: number;
}

export interface HeaderLimits {
  readonly maxOctets: number;
  readonly maxFields: number;
}

const DEFAULT_HEADER_LIMITS: HeaderLimits = Object.freeze({ maxOctets: 256 * 1024, maxFields: 1000 });

/** Why a header section is refused; `line` counts from 1. */
export interface HeaderFault {
  readonly reason: HeaderFaultReason;
  readonly line: number;
}

export type HeaderFaultReason =
  | 'too-big'
  | 'too-many-fields'
  /** A folded line with nothing above it to belong to. */
  | 'begins-with-continuation'
  /** `From user date`: the separator of a mailbox file, no field. */
  | 'mbox-line'
  /** A line that is neither a field nor a folded line: most often the empty line before the body is missing. */
  | 'no-field';

export type HeaderReading =
  | { readonly kind: 'sound'; readonly section: HeaderSection }
  | { readonly kind: 'malformed'; readonly fault: HeaderFault };

// RFC 5322 §3.6.8: ftext; §4.5: white space before the colon is obsolete, but read.
const FIELD_NAME = /^([!-9;-~]+)[ \t]*:/;
/** Longer names exist nowhere; the bound keeps the look at one line short. */
const MAX_NAME_OCTETS = 256;

/** Reads a header section, without the empty line behind it, whose lines all end with CRLF. */
export function readHeaderSection(octets: Buffer, limits: HeaderLimits = DEFAULT_HEADER_LIMITS): HeaderReading {
  if (octets.length > limits.maxOctets) return malformed('too-big', 1);
  const text = octets.toString('latin1');
  const fields: HeaderField[] = [];
  let line = 0;
  for (let start = 0; start < text.length;) {
    line++;
    const firstLine = line;
    let end = endOfLine(text, start);
    const [match, name = ''] = FIELD_NAME.exec(text.slice(start, Math.min(end, start + MAX_NAME_OCTETS))) ?? [];
    if (match === undefined) return malformed(reasonOf(text, start, firstLine), firstLine);
    while (isFolded(text, end)) {
      line++;
      end = endOfLine(text, end);
    }
    if (fields.length >= limits.maxFields) return malformed('too-many-fields', firstLine);
    fields.push({ name, key: name.toLowerCase(), start, end, valueStart: start + match.length });
    start = end;
  }
  return { kind: 'sound', section: { octets, fields } };
}

/** The first field of a name given in lower case. */
export function fieldNamed(section: HeaderSection, key: string): HeaderField | undefined {
  return section.fields.find((field) => field.key === key);
}

/** Every field of a name given in lower case. */
export function fieldsNamed(section: HeaderSection, key: string): readonly HeaderField[] {
  return section.fields.filter((field) => field.key === key);
}

/** The octets of a field, with its name and its last CRLF. */
export function rawField(section: HeaderSection, field: HeaderField): Buffer {
  return section.octets.subarray(field.start, field.end);
}

/** The value of a field on one line, without white space around it (RFC 5322 §2.2.3); octets that are no UTF-8 are read as Latin-1. */
export function fieldValue(section: HeaderSection, field: HeaderField): string {
  const octets = section.octets.subarray(field.valueStart, field.end);
  const encoding = !isAscii(octets) && isUtf8(octets) ? 'utf8' : 'latin1';
  return octets.toString(encoding).replaceAll('\r\n', '').trim();
}

/** The value of the first field of a name; undefined when there is none. */
export function valueOf(section: HeaderSection, key: string): string | undefined {
  const field = fieldNamed(section, key);
  return field && fieldValue(section, field);
}

/** The octets of a header section without some of its fields; the same buffer when none is taken out. */
export function withoutFields(section: HeaderSection, isRemoved: (field: HeaderField) => boolean): Buffer {
  const kept = section.fields.filter((field) => !isRemoved(field));
  if (kept.length === section.fields.length) return section.octets;
  return Buffer.concat(kept.map((field) => rawField(section, field)));
}

function reasonOf(text: string, start: number, line: number): HeaderFaultReason {
  if (line === 1 && isFolded(text, start)) return 'begins-with-continuation';
  return /^>?From /.test(text.slice(start, start + 6)) ? 'mbox-line' : 'no-field';
}

function isFolded(text: string, at: number): boolean {
  return text[at] === ' ' || text[at] === '\t';
}

function endOfLine(text: string, start: number): number {
  const at = text.indexOf('\n', start);
  return at === -1 ? text.length : at + 1;
}

function malformed(reason: HeaderFaultReason, line: number): HeaderReading {
  return { kind: 'malformed', fault: { reason, line } };
}
