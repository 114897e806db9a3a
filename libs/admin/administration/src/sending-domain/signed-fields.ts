import type { FieldReader } from '../read-fields.ts';

const FIELD_RULE = 'the name of a header field that stays as it is on its way, in letters, digits, hyphens';
/** Fields that hosts on the way add or take out: a signature over them would break. */
const UNSIGNABLE = new Set([
  'received',
  'return-path',
  'bcc',
  'resent-bcc',
  'dkim-signature',
  'authentication-results',
]);

/** Reads the names of fields that are signed beside the usual ones. */
export function readSignedFields(fields: FieldReader, texts: readonly string[]): readonly string[] {
  return fields.each('body.signedFields', texts, {
    read: (at, text) => fields.read(at, readField(text), FIELD_RULE),
    format: String,
  });
}

/** RFC 5322 lets a name have a semicolon, which would end the `h=` tag of the signature and begin another one. */
function readField(text: string): string | undefined {
  const key = text.toLowerCase();
  return /^[a-z0-9_-]+$/.test(key) && !UNSIGNABLE.has(key) ? key : undefined;
}
