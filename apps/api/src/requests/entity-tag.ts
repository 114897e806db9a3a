import { createHash } from 'node:crypto';

/** The entity tag of what is shown (RFC 9110 §8.8.3): of the fields that make up its version, not of what merely happened to it. */
export function entityTag(shown: unknown, version: readonly string[]): string {
  const fields = new Map(Object.entries(Object(shown)));
  const parts = version.map((name) => [name, fields.get(name)]);
  return `"${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22)}"`;
}

/** Whether an If-Match names an entity tag (RFC 9110 §13.1.1): by strong comparison, so a weak one matches nothing. */
export function matches(ifMatch: string, tag: string): boolean {
  return ifMatch
    .split(',')
    .map((each) => each.trim())
    .some((each) => each === '*' || each === tag);
}
