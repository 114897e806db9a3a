import type { Route } from '@postern/admin-contract';

/** The query of an address as Next gives it. */
export type RawSearch = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Reads the query of a page's address by the query of the route that the page asks: what the route would refuse is left
 * out, so that an old or a mistyped address still shows a page.
 */
export function readQuery<R extends Route & { readonly query: object }>(
  route: R,
  raw: RawSearch,
): NonNullable<R['query']>['_zod']['output'] {
  const given = Object.fromEntries(
    Object.entries(raw).filter(
      ([name, value]) => name in route.query.shape && typeof value === 'string' && value !== '',
    ),
  );
  const first = route.query.safeParse(given);
  if (first.success) return first.data;
  const faulty = new Set(first.error.issues.map((issue) => String(issue.path[0])));
  return route.query.parse(Object.fromEntries(Object.entries(given).filter(([name]) => !faulty.has(name))));
}

/** The address of a page with its query; fields that are absent, empty or as by default are left out. */
export function searchPath(
  path: string,
  query: Readonly<Record<string, string | number | undefined>>,
  defaults: Readonly<Record<string, string | number>> = {},
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '' && value !== defaults[name]) search.set(name, String(value));
  }
  return search.size > 0 ? `${path}?${search}` : path;
}
