const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id in a text by which a thing may be called by id or by name; undefined when it is no id, but perhaps a name. */
export function readId(text: string): { readonly id: string } | undefined {
  const lower = text.toLowerCase();
  return UUID.test(lower) ? { id: lower } : undefined;
}
