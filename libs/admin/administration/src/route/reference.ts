import type { RouteReference } from '../ports/route-admin.ts';
import { readId } from '../reference.ts';
import { parseRouteName } from './route-name.ts';

/** What a route is called by: its id, or its name. Undefined: it can be neither. */
export function readRoute(text: string): RouteReference | undefined {
  const byId = readId(text);
  if (byId) return byId;
  const name = parseRouteName(text);
  return name && { name };
}
