/** What the TXT records at `_mta-sts.<domain>` say. */
export type StsRecord =
  | { readonly kind: 'id'; readonly id: string }
  /** There is no policy; `because` says what is wrong when somebody meant to have one. */
  | { readonly kind: 'none'; readonly because: string };

/**
 * Reads the TXT records at `_mta-sts.<domain>` (RFC 8461 §3.1). Records that do not begin with `v=STSv1;` are none of ours;
 * unless exactly one remains and it can be read, the domain has no policy.
 */
export function readStsRecord(texts: readonly string[]): StsRecord {
  const ours = texts.filter((text) => BEGINS.test(text));
  if (ours.length > 1) return none(`there are ${ours.length} records of the version STSv1`);
  const [text] = ours;
  if (text === undefined) return none(texts.length === 0 ? 'there is no record' : 'no record begins with v=STSv1;');
  if (text.length > MAX_LENGTH) return none('the record is too long');
  const [, ...fields] = text.split(';');
  // A semicolon may stand at the end, and only there.
  if (fields.at(-1)?.trim() === '') fields.pop();
  let id: string | undefined;
  for (const field of fields) {
    const [, name, value] = FIELD.exec(field) ?? [];
    if (name === undefined || value === undefined) return none('a field of the record cannot be read');
    // RFC 8461 §3.2: of a field that comes twice, the first counts.
    if (name !== 'id' || id !== undefined) continue;
    if (!/^[A-Za-z0-9]{1,32}$/.test(value)) return none('its id is not 1 to 32 letters and digits');
    id = value;
  }
  return id === undefined ? none('the record has no id') : { kind: 'id', id };
}

const BEGINS = /^v=STSv1[ \t]*;/;
const FIELD = /^[ \t]*([A-Za-z0-9][\w.-]{0,31})=([\x21-\x3a\x3c\x3e-\x7e]+)[ \t]*$/;
const MAX_LENGTH = 4_096;

function none(because: string): StsRecord {
  return { kind: 'none', because };
}
