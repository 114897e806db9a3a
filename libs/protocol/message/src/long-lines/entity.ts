/** A MIME entity (RFC 2045 §2.4): its header section with the last CRLF, and what is below the empty line. Octets as Latin-1. */
export interface Entity {
  readonly header: string;
  readonly body: string;
}

/** The parts of a multipart, and what stands between them (RFC 2046 §5.1.1). */
export interface Multipart {
  readonly parts: readonly string[];
  /** Before, between and behind the parts: one more than there are parts. */
  readonly between: readonly string[];
}

/** Reads an entity that stands in a part. */
export function entityOf(octets: string): Entity {
  if (octets.startsWith('\r\n')) return { header: '', body: octets.slice(2) };
  const border = octets.indexOf('\r\n\r\n');
  return border === -1
    ? { header: octets, body: '' }
    : { header: octets.slice(0, border + 2), body: octets.slice(border + 4) };
}

export function writeEntity({ header, body }: Entity): string {
  return `${header}\r\n${body}`;
}

/** The value of the first field of a name, unfolded; empty when there is none. */
export function fieldOf(header: string, name: string): string {
  const [, value = ''] = new RegExp(`(?:^|\\r\\n)${name}[ \\t]*:((?:[^\\r]|\\r\\n[ \\t])*)`, 'i').exec(header) ?? [];
  return value.replaceAll(/\r\n[ \t]+/g, ' ').trim();
}

/** A header section with one field of this name, which says this. */
export function withField(header: string, name: string, value: string): string {
  const others = header.replaceAll(
    new RegExp(`(^|\\r\\n)${name}[ \\t]*:(?:[^\\r]|\\r\\n[ \\t])*(?=\\r\\n)`, 'gi'),
    '$1',
  );
  const kept = others.split('\r\n').filter((line) => line !== '');
  return [...kept, `${name}: ${value}`, ''].join('\r\n');
}

/** The parts of a multipart entity; undefined when it has no boundary, or none of it is found. */
export function partsOf({ header, body }: Entity): Multipart | undefined {
  const value = fieldOf(header, 'Content-Type');
  const [, quoted, token] = /;\s*boundary\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;()<>@,:\\"/[\]?=]+))/i.exec(value) ?? [];
  const boundary = quoted?.replaceAll(/\\(.)/g, '$1') ?? token;
  if (!boundary || boundary.length > MAX_BOUNDARY) return undefined;
  const parts: string[] = [];
  const between: string[] = [];
  let from = 0;
  let partFrom = -1;
  for (const { start, end, last } of delimiters(body, boundary)) {
    if (partFrom !== -1) parts.push(body.slice(partFrom, Math.max(partFrom, start)));
    between.push(body.slice(partFrom === -1 ? from : Math.max(partFrom, start), last ? body.length : end));
    if (last) return { parts, between };
    partFrom = end;
    from = end;
  }
  return undefined;
}

/** RFC 2046 §5.1.1 has 70. */
const MAX_BOUNDARY = 200;

/** The delimiter lines, each with the CRLF before it, which belongs to it. */
function* delimiters(body: string, boundary: string) {
  const mark = `--${boundary}`;
  for (let at = 0; at < body.length;) {
    const line = at === 0 && body.startsWith(mark) ? 0 : body.indexOf(`\r\n${mark}`, Math.max(0, at - 2));
    if (line === -1) return;
    const markAt = line === 0 && body.startsWith(mark) ? 0 : line + 2;
    const lineEnd = body.indexOf('\r\n', markAt);
    const end = lineEnd === -1 ? body.length : lineEnd + 2;
    const tail = body.slice(markAt + mark.length, lineEnd === -1 ? body.length : lineEnd);
    if (/^(?:--)?[ \t]*$/.test(tail)) yield { start: line, end, last: tail.startsWith('--') };
    at = end;
  }
}
