import { ROUTES } from '@postern/admin-contract';
import { formatSenderRule, mayUse } from '@postern/credentials';
import { conflict, done, invalid } from '../outcome.ts';
import { FieldReader } from '../read-fields.ts';
import { readSettings, settingFacts } from '../submitter/read-settings.ts';
import { verb } from '../verb.ts';

/** Lists a network: its hosts may relay without a credential, as the senders that its rules name. */
export const addNetwork = verb(ROUTES.addNetwork, async (context, { body }) => {
  const { store, actor } = context;
  const fields = new FieldReader();
  const cidr = fields.network('body.cidr', body.cidr);
  if (cidr?.endsWith('/0'))
    fields.refuse(
      'body.cidr',
      'It is everybody: the relay would be open to the world. List the networks of your own hosts',
    );
  const senderRules = fields.senderRules('body.senderRules', body.senderRules);
  const rewriteFrom = body.rewriteFrom === null ? undefined : fields.mailbox('body.rewriteFrom', body.rewriteFrom);
  if (rewriteFrom && !mayUse(senderRules, rewriteFrom))
    fields.refuse('body.rewriteFrom', 'Expected an address that the sender rules allow');
  const { cidr: _cidr, senderRules: _rules, rewriteFrom: _rewriteFrom, ...given } = body;
  const settings = await readSettings(context, fields, given);
  if (cidr === undefined || fields.errors.length > 0) return invalid(fields.errors);
  return store.change(async (changes) => {
    const network = await changes.addNetwork({ ...settings, cidr, senderRules, rewriteFrom });
    if (!network) return conflict(`The network ${cidr} is listed already`);
    const subject = { subjectId: network.id, subjectName: cidr };
    const facts = {
      senderRules: senderRules.map(formatSenderRule),
      ...(rewriteFrom ? { rewriteFrom: rewriteFrom.text } : {}),
      ...settingFacts(given),
    };
    await changes.audit({ actor, action: 'network.add', ...subject, reason: undefined, facts });
    return done(network);
  });
});
