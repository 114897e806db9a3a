import { ROUTES } from '@postern/admin-contract';
import { conflict, done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';
import { readRoute } from './reference.ts';

/** Speaks with each host of a route as mail would, as far as DATA, and hangs up before any content. */
export const testRoute = verb(ROUTES.testRoute, async ({ store, actor, rehearseRoute }, { params, body }) => {
  const reference = readRoute(params.route);
  const route = reference && (await store.findRoute(reference));
  if (!route) return notFound(`route ${params.route}`);
  if (route.kind !== 'smarthost') return conflict(`Its mail goes to no host: it is to ${route.kind}`);
  if (!rehearseRoute) return conflict('Routes cannot be tested from here');
  const test = await rehearseRoute(route.name, body);
  const subject = { subjectId: route.id, subjectName: route.name };
  const facts = { ...body, ok: test.ok };
  await store.change((changes) => changes.audit({ actor, action: 'route.test', ...subject, reason: undefined, facts }));
  return done(test);
});
