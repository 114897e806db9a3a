import { ROUTES } from '@postern/admin-contract';
import { formatSenderRule } from '@postern/credentials';
import { seal, UPSTREAM_PASSWORD } from '@postern/sealing';
import { conflict, done, invalid } from '../outcome.ts';
import { FieldReader } from '../read-fields.ts';
import { verb } from '../verb.ts';
import { DOMAIN_PATTERN_RULE, parseDomainPattern, parseUpstreamHost, UPSTREAM_HOST_RULE } from './route-fields.ts';
import { parseRouteName, ROUTE_NAME_RULE } from './route-name.ts';

/**
 * Adds a route: mail for its domains from its senders goes to an upstream smarthost. The password for the upstream is
 * sealed, and never answered.
 */
export const addRoute = verb(ROUTES.addRoute, async ({ store, actor, keys }, { body }) => {
  const fields = new FieldReader();
  const name = fields.read('body.name', parseRouteName(body.name), ROUTE_NAME_RULE);
  const host = fields.read('body.host', parseUpstreamHost(body.host), UPSTREAM_HOST_RULE);
  const readDomain = (at: string, text: string) => fields.read(at, parseDomainPattern(text), DOMAIN_PATTERN_RULE);
  const domains = fields.each('body.domains', body.domains, { read: readDomain, format: String });
  const senderRules = fields.senderRules('body.senderRules', body.senderRules);
  const { port, tls, user, password } = body;
  if ((user === null) !== (password === null)) {
    fields.refuse(user === null ? 'body.user' : 'body.password', 'Expected a user and a password, or neither');
  }
  if (user !== null && tls === 'opportunistic') {
    // RFC 4954 §4: no password goes over a connection that may be in clear.
    fields.refuse('body.tls', 'Expected required or verify, since a password is sent');
  }
  if (name === undefined || host === undefined || fields.errors.length > 0) return invalid(fields.errors);

  const sealedPassword =
    password === null ? undefined : seal(password, { key: keys.sealKey, purpose: UPSTREAM_PASSWORD });
  return store.change(async (changes) => {
    const settings = { name, host, port, tls, domains, user: user ?? undefined };
    const route = await changes.addRoute({ ...settings, senderRules, sealedPassword });
    if (!route) return conflict(`There is a route ${name} already`);
    const subject = { subjectId: route.id, subjectName: name };
    const facts = { ...settings, senderRules: senderRules.map(formatSenderRule) };
    await changes.audit({ actor, action: 'route.add', ...subject, reason: undefined, facts });
    return done(route);
  });
});
