import { ROUTES } from '@postern/admin-contract';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';
import { readRoute } from './reference.ts';

/** One route, and how its hosts and its token did when they were last used. */
export const showRoute = verb(ROUTES.showRoute, async ({ store }, { params }) => {
  const reference = readRoute(params.route);
  const route = reference && (await store.findRoute(reference));
  if (!route) return notFound(`route ${params.route}`);
  return done({ ...route, health: [...(await store.routeHealth(route.queueId))] });
});
