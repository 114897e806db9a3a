import { ROUTES } from '@postern/admin-contract';
import { conflict, done, notFound } from '../outcome.ts';
import { readId } from '../reference.ts';
import { verb } from '../verb.ts';

/** Revokes an invitation: its link is good no longer. */
export const revokeInvitation = verb(ROUTES.revokeInvitation, async ({ store, actor }, { params, body }) => {
  const reference = readId(params.id);
  const found = reference && (await store.findInvitation(reference));
  if (!found) return notFound(`invitation ${params.id}`);
  return store.change(async (changes) => {
    const revoked = await changes.revokeInvitation(found.id);
    if (!revoked) return conflict(`The invitation of ${found.email} is ${found.state}`);
    const subject = { subjectId: found.id, subjectName: found.email };
    await changes.audit({ actor, action: 'invitation.revoke', ...subject, reason: body.reason, facts: {} });
    return done(revoked);
  });
});
