import { MOST_IDENTITIES, ROUTES } from '@postern/admin-contract';
import { IDENTITY_RULES, parseIdentity } from '@postern/credentials';
import { readReference } from '../credential/reference.ts';
import { conflict, done, invalid, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';

/** Binds a client certificate or a token claim to a credential: whoever shows it submits as that credential. */
export const addIdentity = verb(ROUTES.addIdentity, async ({ store, actor }, { params, body }) => {
  const identity = parseIdentity(body.kind, body.value);
  if (!identity) return invalid([{ field: 'body.value', message: `Expected ${IDENTITY_RULES[body.kind]}` }]);
  const reference = readReference(params.credential);
  const credential = reference && (await store.findCredential(reference));
  if (!credential) return notFound(`credential ${params.credential}`);
  if (credential.state === 'revoked') return conflict('The credential is revoked');
  return store.change(async (changes) => {
    const added = await changes.addIdentity({ ...identity, credentialId: credential.id }, MOST_IDENTITIES);
    if (added === 'full') return conflict(`The credential has ${MOST_IDENTITIES} identities already: remove one first`);
    if (added === 'taken') return conflict(`This ${identity.kind} is bound to a credential already`);
    await changes.audit({
      actor,
      action: 'identity.add',
      subjectId: credential.id,
      subjectName: credential.name,
      reason: undefined,
      facts: { ...identity },
    });
    return done(added);
  });
});
