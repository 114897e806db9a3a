/** The tags of a DKIM-Signature field or of a key record, by their names (RFC 6376 §3.2). */
export type TagList = ReadonlyMap<string, string>;

const MAX_CHARACTERS = 16 * 1024;

/**
 * Reads a tag-list; undefined when it is none. A tag that stands twice makes the whole list invalid, and so does what is
 * no `name=value`; an empty element at the end is the trailing semicolon. Values keep their inner white space.
 */
export function readTagList(text: string): TagList | undefined {
  if (text.length > MAX_CHARACTERS) return undefined;
  const elements = text.split(';');
  if (elements.at(-1)?.trim() === '') elements.pop();
  const tags = new Map<string, string>();
  for (const element of elements) {
    const equals = element.indexOf('=');
    const name = element.slice(0, Math.max(0, equals)).trim();
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name) || tags.has(name)) return undefined;
    tags.set(name, element.slice(equals + 1).trim());
  }
  return tags;
}

/** A value that white space may have been put into, such as base64 (RFC 6376 §3.2: FWS is ignored there). */
export function unspaced(value: string): string {
  return value.replaceAll(/[ \t\r\n]/g, '');
}

/** The items of a colon-separated value. */
export function items(value: string): readonly string[] {
  return value.split(':').map((each) => each.trim());
}
