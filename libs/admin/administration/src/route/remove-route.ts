import { ROUTES } from '@postern/admin-contract';
import { UNRESOLVED_QUEUE } from '@postern/queue';
import { conflict, done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';
import { readRoute } from './reference.ts';

/** Removes a route, by its id or its name. What waits for it is looked up anew, and sent as if the route had never been. */
export const removeRoute = verb(ROUTES.removeRoute, async ({ store, actor, alarmClock }, { params, body }) => {
  const reference = readRoute(params.route);
  const route = reference && (await store.findRoute(reference));
  if (!route) return notFound(`route ${params.route}`);
  const outcome = await store.change(async (changes) => {
    const removed = await changes.removeRoute(route.id);
    if (removed === 'unknown') return notFound(`route ${params.route}`);
    if (removed === 'sending')
      return conflict('Something is being sent through it just now; suspend its queue first, and wait');
    if (removed !== 'removed')
      return conflict(`All mail of ${removed.usedBy.join(', ')} takes it; give them another route first, or none`);
    const { id: subjectId, name: subjectName, host, port, domains } = route;
    const facts = { host, port, domains };
    await changes.audit({ actor, action: 'route.remove', subjectId, subjectName, reason: body.reason, facts });
    return done(undefined);
  });
  if ('ok' in outcome) alarmClock.wake({ queueId: UNRESOLVED_QUEUE, lane: 0 });
  return outcome;
});
