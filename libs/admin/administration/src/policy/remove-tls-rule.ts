import { ROUTES } from '@postern/admin-contract';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';

/** Removes a rule about the channel, by its id. */
export const removeTlsRule = verb(ROUTES.removeTlsRule, async ({ store, actor }, { params, body }) =>
  store.change(async (changes) => {
    const rule = await changes.removeTlsRule(params.id);
    if (!rule) return notFound(`TLS rule ${params.id}`);
    const { id: subjectId, scope, of, channel, minVersion, ciphers, allowExpired, until } = rule;
    const facts = { channel, minVersion, ciphers, allowExpired, until };
    await changes.audit({
      actor,
      action: 'tls-rule.remove',
      subjectId,
      subjectName: `${scope} ${of}`,
      reason: body.reason,
      facts,
    });
    return done(undefined);
  }),
);
