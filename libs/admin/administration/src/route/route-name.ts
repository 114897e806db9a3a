declare const routeNameBrand: unique symbol;

/** The name of a route, lower case. */
export type RouteName = string & { readonly [routeNameBrand]: true };

export const ROUTE_NAME_RULE = '1 to 64 letters, digits and . _ -, beginning and ending with a letter or a digit';

/** Reads the name of a route; undefined when it can be none. */
export function parseRouteName(text: string): RouteName | undefined {
  const lower = text.toLowerCase();
  return /^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/.test(lower) ? brand(lower) : undefined;
}

function brand(canonical: string): RouteName {
  return canonical as RouteName;
}
