import type { MessageContent } from '@postern/admin-contract';
import { decodedOctets, type Entity, partsOf, readEntity, valueOf } from '@postern/dsn';

const MAX_DEPTH = 8;
const MAX_PARTS = 100;
const MAX_TEXT = 200_000;

/** What a content says: nothing of it is believed, all of it is bounded. */
export function readContent(octets: Uint8Array, size: 'whole' | 'front'): MessageContent {
  const entity = readEntity(Buffer.from(octets).toString('latin1'));
  const parts = leavesOf(entity, MAX_DEPTH).slice(0, MAX_PARTS);
  const text = parts.find((part) => part.type === 'text/plain' && !isAttachment(part));
  return {
    fields: fieldsOf(octets),
    text: text ? textOf(text) : null,
    html: htmlPart(parts) !== undefined,
    parts: parts.map((part) => ({ type: part.type, name: nameOf(part), sizeOctets: decodedOctets(part).length })),
    whole: size === 'whole',
  };
}

/** The HTML part as text; undefined when there is none. */
export function readHtml(octets: Uint8Array): string | undefined {
  const part = htmlPart(leavesOf(readEntity(Buffer.from(octets).toString('latin1')), MAX_DEPTH));
  return part && textOf(part);
}

function htmlPart(parts: readonly Entity[]): Entity | undefined {
  return parts.find((part) => part.type === 'text/html' && !isAttachment(part));
}

/** The parts that have no parts themselves, in their order. */
function leavesOf(entity: Entity, depth: number): readonly Entity[] {
  const parts = depth > 0 ? partsOf(entity, MAX_PARTS) : [];
  if (parts.length === 0) return [entity];
  const leaves: Entity[] = [];
  for (const part of parts) {
    if (leaves.length >= MAX_PARTS) break;
    leaves.push(...leavesOf(part, depth - 1));
  }
  return leaves;
}

function isAttachment(part: Entity): boolean {
  return /^\s*attachment/i.test(valueOf(part.fields, 'content-disposition') ?? '');
}

function nameOf(part: Entity): string | null {
  const disposition = valueOf(part.fields, 'content-disposition') ?? '';
  const named = /filename\s*=\s*(?:"([^"]{1,300})"|([^\s;"]{1,300}))/i.exec(disposition);
  return named?.[1] ?? named?.[2] ?? part.parameters.get('name') ?? null;
}

/** A text in the character set that it names; what is unknown is read as UTF-8. */
function textOf(part: Entity): string {
  const octets = decodedOctets(part);
  return decode(octets, part.parameters.get('charset') ?? 'utf-8').slice(0, MAX_TEXT);
}

function decode(octets: Uint8Array, label: string): string {
  try {
    return new TextDecoder(label).decode(octets);
  } catch {
    return new TextDecoder().decode(octets);
  }
}

const MAX_FIELDS = 500;

/** The header section as it stands, its folding kept. */
function fieldsOf(octets: Uint8Array): MessageContent['fields'] {
  const text = Buffer.from(octets).toString('utf8');
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length;
  const fields: { name: string; value: string }[] = [];
  for (const line of text.slice(0, end).split(/\r?\n/)) {
    const last = fields.at(-1);
    if (/^[ \t]/.test(line) && last) {
      last.value += `\n${line}`;
      continue;
    }
    const colon = line.indexOf(':');
    if (colon < 1 || fields.length >= MAX_FIELDS) continue;
    fields.push({ name: line.slice(0, colon), value: line.slice(colon + 1).trimStart() });
  }
  return fields;
}
