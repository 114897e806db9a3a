import { ROUTES } from '@postern/admin-contract';
import { done, invalid, notFound } from '../outcome.ts';
import { FieldReader } from '../read-fields.ts';
import { DOMAIN_PATTERN_RULE, parseDomainPattern } from '../route/route-fields.ts';
import { parseRouteName, ROUTE_NAME_RULE } from '../route/route-name.ts';
import { verb } from '../verb.ts';

/**
 * Decides about the channel of some mail. What only allows something must end: an expired certificate is allowed until a
 * date, so that nobody forgets it.
 */
export const addTlsRule = verb(ROUTES.addTlsRule, async ({ store, actor, clock }, { body }) => {
  const { scope, channel, minVersion, ciphers, allowExpired, reason } = body;
  const fields = new FieldReader();
  const until = body.until === null ? null : new Date(body.until);
  if (channel === 'none' && minVersion === null && ciphers.length === 0 && !allowExpired)
    fields.refuse('body.channel', 'Expected a channel, a version, ciphers or an allowance: this rule decides nothing');
  if (allowExpired && until === null)
    fields.refuse('body.until', 'Expected a date: an expired certificate is allowed for a while only');
  if (until !== null && until <= clock.now()) fields.refuse('body.until', 'Expected a date to come');
  const of =
    scope === 'domain'
      ? fields.read('body.of', parseDomainPattern(body.of), DOMAIN_PATTERN_RULE)
      : scope === 'route'
        ? fields.read('body.of', parseRouteName(body.of), ROUTE_NAME_RULE)
        : body.of;
  if (of === undefined || fields.errors.length > 0) return invalid(fields.errors);
  return store.change(async (changes) => {
    const settings = { scope, of, channel, minVersion, ciphers: [...new Set(ciphers)], allowExpired, until, reason };
    const rule = await changes.addTlsRule({ ...settings, createdBy: actor.name });
    if (!rule) return notFound(`${scope} ${body.of}`);
    const subject = { subjectId: rule.id, subjectName: `${scope} ${of}` };
    const facts = { channel, minVersion, ciphers, allowExpired, until: rule.until };
    await changes.audit({ actor, action: 'tls-rule.add', ...subject, reason, facts });
    return done(rule);
  });
});
