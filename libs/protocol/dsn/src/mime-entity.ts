/** A field of a header, its name in lower case, its value unfolded. */
export interface LooseField {
  readonly key: string;
  readonly value: string;
}

/** An entity of MIME, read leniently: what bounces is written by anything. */
export interface Entity {
  readonly fields: readonly LooseField[];
  /** `text/plain` where nothing is said. */
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** As sent, its transfer encoding not taken off. */
  readonly body: string;
}

const MAX_FIELDS = 500;
const MAX_VALUE = 4_000;

/** Reads a text as an entity. One pass; a line that is no field is left out. */
export function readEntity(text: string): Entity {
  // A part may have no header: its first line is empty (RFC 2046 §5.1).
  const border = /^\r?\n/.exec(text) ?? /\r?\n\r?\n/.exec(text);
  const head = border ? text.slice(0, border.index) : text;
  const body = border ? text.slice(border.index + border[0].length) : '';
  const fields = readFields(head);
  const contentType = valueOf(fields, 'content-type') ?? 'text/plain';
  const [type = 'text/plain'] = contentType.split(';', 1);
  return { fields, type: type.trim().toLowerCase(), parameters: parametersOf(contentType), body };
}

/** Fields of a header section, or of a group of a delivery status. */
export function readFields(head: string): readonly LooseField[] {
  const fields: { key: string; value: string }[] = [];
  for (const line of head.split(/\r?\n/)) {
    const last = fields.at(-1);
    if (/^[ \t]/.test(line) && last) {
      if (last.value.length < MAX_VALUE) last.value += ` ${line.trim()}`.slice(0, MAX_VALUE);
      continue;
    }
    const colon = line.indexOf(':');
    if (colon < 1 || fields.length >= MAX_FIELDS) continue;
    fields.push({
      key: line.slice(0, colon).trim().toLowerCase(),
      value: line
        .slice(colon + 1)
        .trim()
        .slice(0, MAX_VALUE),
    });
  }
  return fields;
}

export function valueOf(fields: readonly LooseField[], key: string): string | undefined {
  return fields.find((field) => field.key === key)?.value;
}

/** The body with its transfer encoding taken off (RFC 2045 §6), as text. */
export function decodedBody(entity: Entity): string {
  return decodedOctets(entity).toString('utf8');
}

/** The same as octets, of a text that was read as latin1. */
export function decodedOctets({ fields, body }: Entity): Buffer {
  const encoding = valueOf(fields, 'content-transfer-encoding')?.toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64');
  return Buffer.from(encoding === 'quoted-printable' ? fromQuotedPrintable(body) : body, 'latin1');
}

/** The parts of a multipart entity, at most `max` (RFC 2046 §5.1). */
export function partsOf(entity: Entity, max: number): readonly Entity[] {
  const boundary = entity.parameters.get('boundary');
  if (!entity.type.startsWith('multipart/') || !boundary) return [];
  const parts: Entity[] = [];
  const mark = `--${boundary}`;
  let start = -1;
  for (
    let at = entity.body.indexOf(mark);
    at !== -1 && parts.length < max;
    at = entity.body.indexOf(mark, at + mark.length)
  ) {
    if (at > 0 && entity.body[at - 1] !== '\n') continue;
    if (start !== -1) parts.push(readEntity(entity.body.slice(start, at).replace(/\r?\n$/, '')));
    const lineEnd = entity.body.indexOf('\n', at);
    if (lineEnd === -1 || entity.body.startsWith('--', at + mark.length)) return parts;
    start = lineEnd + 1;
  }
  // The end is missing: what came is a part all the same.
  if (start !== -1 && parts.length < max) parts.push(readEntity(entity.body.slice(start)));
  return parts;
}

function parametersOf(contentType: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, plain] of contentType.matchAll(
    /;\s*([\w*-]{1,60})\s*=\s*(?:"((?:[^"\\]|\\.){0,300})"|([^\s;"]{0,300}))/g,
  )) {
    parameters.set(name.toLowerCase(), (quoted ?? plain ?? '').replace(/\\(.)/g, '$1'));
  }
  return parameters;
}

function fromQuotedPrintable(text: string): string {
  return text
    .replace(/=[ \t]*\r?\n/g, '')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}
