declare const credentialNameBrand: unique symbol;

/** The name of a credential, which is the user name that its clients authenticate with; lower case. */
export type CredentialName = string & { readonly [credentialNameBrand]: true };

/** What a name may be, for those who are told that theirs is none. */
export const CREDENTIAL_NAME_RULE =
  '1 to 64 letters, digits and . _ @ + -, beginning and ending with a letter or a digit';

/** Reads a credential's name as a person or a client writes it; undefined when it can be none. */
export function parseCredentialName(text: string): CredentialName | undefined {
  const lower = text.toLowerCase();
  return /^[a-z0-9](?:[a-z0-9._@+-]{0,62}[a-z0-9])?$/.test(lower) ? brand(lower) : undefined;
}

function brand(canonical: string): CredentialName {
  return canonical as CredentialName;
}
