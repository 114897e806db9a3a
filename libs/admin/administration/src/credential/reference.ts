import { parseCredentialName } from '@postern/credentials';
import type { CredentialReference } from '../ports/credential-admin.ts';
import { readId } from '../reference.ts';

/** What a credential is called by: its id, or its name. Undefined: it can be neither. */
export function readReference(text: string): CredentialReference | undefined {
  const byId = readId(text);
  if (byId) return byId;
  const name = parseCredentialName(text);
  return name && { name };
}
