import { type QueueId, routeFor } from '@postern/queue';
import type { SubmissionContext } from './context.ts';
import { settingsOf, type Submitter } from './submitter.ts';

/** The delivery queues that recipients of these domains wait in, as far as they are known: by the submitter's route, by the routes, by site. */
export async function deliveryQueues(
  domains: readonly string[],
  by: { readonly submitter: Submitter; readonly reversePath: string },
  context: Pick<SubmissionContext, 'routes' | 'sites'>,
): Promise<ReadonlyMap<string, QueueId>> {
  const { routeQueueId, tag } = settingsOf(by.submitter);
  if (routeQueueId !== undefined) return new Map(domains.map((domain) => [domain, routeQueueId]));
  const routes = context.routes();
  const byRoute = new Map<string, QueueId>();
  const others: string[] = [];
  for (const domain of new Set(domains)) {
    const route = routeFor(routes, { domain, reversePath: by.reversePath, tag });
    if (route) byRoute.set(domain, route.queueId);
    else others.push(domain);
  }
  return others.length === 0 ? byRoute : new Map([...(await context.sites.find(others)), ...byRoute]);
}
