import { ROUTES } from '@postern/admin-contract';
import { formatSenderRule } from '@postern/credentials';
import { readReference } from '../credential/reference.ts';
import { conflict, done, invalid, notFound } from '../outcome.ts';
import { FieldReader } from '../read-fields.ts';
import { verb } from '../verb.ts';

/** Lets the mail of a credential, a sender or a route leave from a pool; of several, mail that is of all of them. */
export const addPoolRule = verb(ROUTES.addPoolRule, async ({ store, actor }, { body }) => {
  const { pool, route } = body;
  const fields = new FieldReader();
  const [sender] = body.senderRule === null ? [] : fields.senderRules('body.senderRule', [body.senderRule]);
  if (fields.errors.length > 0) return invalid(fields.errors);
  const reference = body.credential === null ? undefined : readReference(body.credential);
  const credential = reference && (await store.findCredential(reference));
  if (body.credential !== null && !credential) return notFound(`credential ${body.credential}`);
  if (route !== null && !(await store.findRoute({ name: route }))) return notFound(`route ${route}`);
  const senderRule = sender ? formatSenderRule(sender) : null;
  // Mail of a pool without sources waits, and says nothing: a slip of the pen would stop it all.
  const [source] = await store.listSources({ sort: 'name', order: 'ascending', pool, after: undefined, limit: 1 });
  if (!source)
    return invalid([{ field: 'body.pool', message: `No source is in the pool ${pool}: add one to it first` }]);
  const given = { pool, credentialId: credential?.id ?? null, senderRule, route };
  return store.change(async (changes) => {
    const { kind, rule } = await changes.addPoolRule(given);
    if (kind === 'there')
      return conflict(`That mail leaves from the pool ${rule.pool} already: remove the rule ${rule.id} first`);
    const subject = { subjectId: rule.id, subjectName: pool };
    await changes.audit({ actor, action: 'pool-rule.add', ...subject, reason: body.reason, facts: given });
    return done(rule);
  });
});
