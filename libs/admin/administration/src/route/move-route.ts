import { ROUTES } from '@postern/admin-contract';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';
import { readRoute } from './reference.ts';

/** Has a route asked before another one, or after all others: the first that takes a mail has it. */
export const moveRoute = verb(ROUTES.moveRoute, async ({ store, actor }, { params, body }) => {
  const find = async (text: string) => {
    const reference = readRoute(text);
    return reference && (await store.findRoute(reference));
  };
  const route = await find(params.route);
  if (!route) return notFound(`route ${params.route}`);
  const before = body.before === null ? undefined : await find(body.before);
  if (body.before !== null && !before) return notFound(`route ${body.before}`);
  return store.change(async (changes) => {
    const moved = await changes.moveRoute(route.id, before?.id);
    if (!moved) return notFound(`route ${params.route}`);
    const { id: subjectId, name: subjectName } = route;
    const facts = { before: before?.name ?? null };
    await changes.audit({ actor, action: 'route.move', subjectId, subjectName, reason: body.reason, facts });
    return done(moved);
  });
});
