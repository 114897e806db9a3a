import { ROUTES } from '@postern/admin-contract';
import { conflict, done, invalid } from '../outcome.ts';
import { FieldReader } from '../read-fields.ts';
import { verb } from '../verb.ts';
import { factsOf, readRouteSettings } from './read-settings.ts';
import { parseRouteName, ROUTE_NAME_RULE } from './route-name.ts';

/**
 * Adds a route: mail for its domains from its senders goes to its smarthosts. The password for the upstream is sealed, and
 * never answered.
 */
export const addRoute = verb(ROUTES.addRoute, async ({ store, actor, keys }, { body }) => {
  const fields = new FieldReader();
  const name = fields.read('body.name', parseRouteName(body.name), ROUTE_NAME_RULE);
  const settings = readRouteSettings(body, fields, keys.sealKey);
  if (name === undefined || fields.errors.length > 0) return invalid(fields.errors);
  const { kind } = body;
  return store.change(async (changes) => {
    const route = await changes.addRoute({ ...settings, name, kind });
    if (!route) return conflict(`There is a route ${name} already`);
    const subject = { subjectId: route.id, subjectName: name };
    const facts = { name, kind, ...factsOf(settings) };
    await changes.audit({ actor, action: 'route.add', ...subject, reason: undefined, facts });
    return done(route);
  });
});
