import { parseCredentialName, type CredentialName } from '@postern/credentials';

/** A name that is one. */
export function nameOf(text: string): CredentialName {
  const name = parseCredentialName(text);
  if (name === undefined) throw new Error(`${text} is no name`);
  return name;
}
