import { ROUTES } from '@postern/admin-contract';
import { done, invalid, notFound } from '../outcome.ts';
import { FieldReader } from '../read-fields.ts';
import { verb } from '../verb.ts';
import { factsOf, readRouteSettings } from './read-settings.ts';
import { readRoute } from './reference.ts';

/** Changes a route; what is not given stays, the password too. Lanes know it within seconds. */
export const updateRoute = verb(ROUTES.updateRoute, async ({ store, actor, keys }, { params, body }) => {
  const reference = readRoute(params.route);
  const before = reference && (await store.findRoute(reference));
  if (!before) return notFound(`route ${params.route}`);
  const fields = new FieldReader();
  const { reason, ...settingsGiven } = body;
  const given = Object.fromEntries(Object.entries(settingsGiven).filter(([, value]) => value !== undefined));
  const password = body.user === null && body.password === undefined ? null : body.password;
  const { clientCertificate } = body;
  const settings = readRouteSettings({ ...before, ...given, password, clientCertificate }, fields, keys.sealKey);
  if (fields.errors.length > 0) return invalid(fields.errors);
  return store.change(async (changes) => {
    const route = await changes.updateRoute(before.id, settings);
    if (!route) return notFound(`route ${params.route}`);
    const subject = { subjectId: route.id, subjectName: route.name };
    await changes.audit({ actor, action: 'route.update', ...subject, reason, facts: factsOf(settings) });
    return done(route);
  });
});
