import { ROUTES } from '@postern/admin-contract';
import { conflict, done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';
import { readReference } from './reference.ts';

/** Retires one secret of a credential: it is refused from now on. The last one that is good goes by revoking the credential. */
export const retireSecret = verb(ROUTES.retireSecret, async ({ store, actor, clock }, { params, body }) => {
  const reference = readReference(params.credential);
  const before = reference && (await store.findCredential(reference));
  if (!before) return notFound(`credential ${params.credential}`);
  const now = clock.now();
  const others = before.secrets.filter(
    ({ id, expiresAt }) => id !== params.secret && (expiresAt === null || new Date(expiresAt) > now),
  );
  if (before.secrets.some(({ id }) => id === params.secret) && others.length === 0)
    return conflict('It is the only secret that is good: rotate it, or disable or revoke the credential');
  return store.change(async (changes) => {
    const credential = await changes.retireSecret({ credentialId: before.id, secretId: params.secret });
    if (!credential) return notFound(`secret ${params.secret} of ${before.name}`);
    if (credential === 'not-live') return conflict('It is retired already');
    const subject = { subjectId: before.id, subjectName: before.name };
    const facts = { secretId: params.secret };
    await changes.audit({ actor, action: 'credential.retire-secret', ...subject, reason: body.reason, facts });
    return done(credential);
  });
});
