/**
 * Whether a client whose token or certificate is bound to a credential may call itself by a name: by none, by the
 * credential's, or by what its token says of it; in any case of the letters. Mail programs put an address there.
 */
export function mayActAs(given: string | undefined, ...names: readonly string[]): boolean {
  return given === undefined || names.some((name) => name.toLowerCase() === given.toLowerCase());
}
