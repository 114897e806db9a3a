import { ROUTES } from '@postern/admin-contract';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';
import { readRoute } from './reference.ts';

/** One route, and how its hosts and its token did when they were last used, and who uses it. */
export const showRoute = verb(ROUTES.showRoute, async ({ store }, { params }) => {
  const reference = readRoute(params.route);
  const route = reference && (await store.findRoute(reference));
  if (!route) return notFound(`route ${params.route}`);
  const [health, usedBy] = await Promise.all([store.routeHealth(route.queueId), store.routeUsers(route)]);
  return done({ ...route, health: [...health], usedBy: [...usedBy] });
});
