import { UNRESOLVED_QUEUE, type QueueId } from '@postern/queue';
import { done, notFound, type Outcome } from '../outcome.ts';
import type { RouteReads } from '../ports/route-admin.ts';
import { readRoute } from '../route/reference.ts';

/** Where recipients are sent instead: the queue of a route, or where everything is looked up. */
export async function findTarget(
  store: RouteReads,
  route: string | null,
): Promise<Outcome<{ readonly queueId: QueueId; readonly name: string | undefined }>> {
  if (route === null) return done({ queueId: UNRESOLVED_QUEUE, name: undefined });
  const reference = readRoute(route);
  const found = reference && (await store.findRoute(reference));
  return found ? done({ queueId: found.queueId, name: found.name }) : notFound(`route ${route}`);
}
