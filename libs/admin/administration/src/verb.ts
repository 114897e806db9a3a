import type { FieldFault, ParsedRequestOf, RequestOf, ResponseOf, Route } from '@postern/admin-contract';
import type { z } from 'zod';
import type { Context } from './context.ts';
import { invalid, unauthorized, type Outcome } from './outcome.ts';

/** What an operator can ask for: the same for the API, the console and the command line. */
export type Verb<R extends Route> = (context: Context, request: RequestOf<R>) => Promise<Outcome<ResponseOf<R>>>;

/**
 * Makes the verb of a route. Whether the actor may, and whether the request is one, is decided here and nowhere else: by
 * the permission and the schemas of the route. A field that the route does not know is refused.
 */
export function verb<R extends Route>(
  route: R,
  work: (context: Context, request: ParsedRequestOf<R>) => Promise<Outcome<ResponseOf<R>>>,
): Verb<R> {
  return async (context, request) => {
    if (route.permission !== 'anyone' && route.permission !== 'signed-in') {
      const refused = unauthorized(context.actor, route.permission);
      if (refused) return refused;
    }
    const parsed = parse(route, partsOf(request));
    return 'errors' in parsed ? invalid(parsed.errors) : work(context, parsed.request);
  };
}

function parse<R extends Route>(
  route: R,
  request: Parts,
): { readonly request: ParsedRequestOf<R> } | { readonly errors: readonly FieldFault[] } {
  const parts: Record<string, unknown> = {};
  const errors: FieldFault[] = [];
  for (const part of ['params', 'query', 'body'] as const) {
    const parsed = route[part]?.strict().safeParse(request[part] ?? {});
    if (parsed?.success) parts[part] = parsed.data;
    else if (parsed) errors.push(...parsed.error.issues.flatMap((issue) => faultsOf(part, issue)));
  }
  return errors.length > 0 ? { errors } : { request: asParsed<R>(parts) };
}

function faultsOf(part: string, issue: z.core.$ZodIssue): readonly FieldFault[] {
  const at = [part, ...issue.path].join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: `${at}.${key}`, message: 'There is no such field' }));
  }
  return [{ field: at, message: issue.message }];
}

interface Parts {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
}

/** Whatever a request turns out to be, it is only asked for its parts, and they are parsed. */
function partsOf(request: unknown): Parts {
  return typeof request === 'object' && request !== null ? request : {};
}

/** Each part was parsed by the route's own schema of that part. */
function asParsed<R extends Route>(parts: unknown): ParsedRequestOf<R> {
  return parts as ParsedRequestOf<R>;
}
