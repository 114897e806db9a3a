import { ROUTES } from '@postern/admin-contract';
import { readReference } from '../credential/reference.ts';
import { done, notFound } from '../outcome.ts';
import { readId } from '../reference.ts';
import { verb } from '../verb.ts';

/** Binds a client certificate or a token claim to its credential no longer. */
export const removeIdentity = verb(ROUTES.removeIdentity, async ({ store, actor }, { params, body }) => {
  const reference = readReference(params.credential);
  const credential = reference && (await store.findCredential(reference));
  if (!credential) return notFound(`credential ${params.credential}`);
  const which = readId(params.identity);
  const missing = notFound(`identity ${params.identity} of ${credential.name}`);
  if (!which) return missing;
  return store.change(async (changes) => {
    const removed = await changes.removeIdentity({ credentialId: credential.id, ...which });
    if (!removed) return missing;
    await changes.audit({
      actor,
      action: 'identity.remove',
      subjectId: credential.id,
      subjectName: credential.name,
      reason: body.reason,
      facts: { kind: removed.kind, value: removed.value },
    });
    return done(undefined);
  });
});
