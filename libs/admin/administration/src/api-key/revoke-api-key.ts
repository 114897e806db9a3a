import { ROUTES } from '@postern/admin-contract';
import { conflict, done, notFound } from '../outcome.ts';
import { readId } from '../reference.ts';
import { verb } from '../verb.ts';

/** Revokes an API key for good: the next request that shows it is refused. */
export const revokeApiKey = verb(ROUTES.revokeApiKey, async ({ store, actor }, { params, body }) => {
  const found = await store.findApiKey(readId(params.apiKey) ?? { name: params.apiKey });
  if (!found) return notFound(`API key ${params.apiKey}`);
  return store.change(async (changes) => {
    const revoked = await changes.revokeApiKey(found.id);
    if (!revoked) return conflict(`The API key ${found.name} is revoked already`);
    const subject = { subjectId: found.id, subjectName: found.name };
    await changes.audit({ actor, action: 'api-key.revoke', ...subject, reason: body.reason, facts: {} });
    return done(revoked);
  });
});
