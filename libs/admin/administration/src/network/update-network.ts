import { ROUTES } from '@postern/admin-contract';
import { mayUse, parseSenderRule } from '@postern/credentials';
import { done, invalid, notFound } from '../outcome.ts';
import { FieldReader } from '../read-fields.ts';
import { readSettings, settingFacts } from '../submitter/read-settings.ts';
import { verb } from '../verb.ts';
import { readNetworkReference } from './reference.ts';

/** Changes settings of a listed network, by its id or its CIDR; what is left out stays. */
export const updateNetwork = verb(ROUTES.updateNetwork, async (context, { params, body }) => {
  const { store, actor } = context;
  const reference = readNetworkReference(params.network);
  const before = reference && (await store.findNetwork(reference));
  if (!before) return notFound(`listed network ${params.network}`);
  const fields = new FieldReader();
  const { senderRules, rewriteFrom, reason, ...given } = body;
  const settings = await readSettings(context, fields, given);
  const rules = senderRules && fields.senderRules('body.senderRules', senderRules);
  const rewrite = typeof rewriteFrom === 'string' ? fields.mailbox('body.rewriteFrom', rewriteFrom) : rewriteFrom;
  const rulesThen = rules ?? before.senderRules.flatMap((text) => parseSenderRule(text) ?? []);
  if (rewrite && !mayUse(rulesThen, rewrite))
    fields.refuse('body.rewriteFrom', 'Expected an address that the sender rules allow');
  if (fields.errors.length > 0) return invalid(fields.errors);
  const change = {
    ...settings,
    ...(rules ? { senderRules: rules } : {}),
    ...(rewrite === undefined ? {} : { rewriteFrom: rewrite }),
  };
  return store.change(async (changes) => {
    const network = await changes.updateNetwork(before.id, change);
    if (!network) return notFound(`listed network ${params.network}`);
    const subject = { subjectId: network.id, subjectName: network.cidr };
    await changes.audit({ actor, action: 'network.update', ...subject, reason, facts: settingFacts(body) });
    return done(network);
  });
});
