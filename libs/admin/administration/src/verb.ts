import type { RequestOf, ResponseOf, Route, ParsedRequestOf } from '@postern/admin-contract';
import type { Context } from './context.ts';
import { invalid, unauthorized, type Outcome } from './outcome.ts';
import { parseRequest } from './parse-request.ts';

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
    const parsed = parseRequest(route, request);
    return 'errors' in parsed ? invalid(parsed.errors) : work(context, parsed.request);
  };
}
