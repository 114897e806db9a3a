import { ROUTES } from '@postern/admin-contract';
import { hashSecret, newSecret } from '@postern/credentials';
import { conflict, done } from '../outcome.ts';
import { verb } from '../verb.ts';
import { beyondOwn } from './beyond-own.ts';

/** Invites a person: whoever holds the link makes the account. Its token is answered once; only its keyed hash is stored. */
export const createInvitation = verb(ROUTES.createInvitation, async ({ store, actor, clock, keys }, { body }) => {
  const beyond = beyondOwn(actor, body.role);
  if (beyond) return beyond;
  const email = body.email.toLowerCase();
  const { name, role } = body;
  if (await store.findAccount({ email })) return conflict(`There is an account ${email} already`);
  const token = newSecret();
  const tokenHash = hashSecret(keys.apiKeyHashKey, token);
  const expiresAt = new Date(clock.now().getTime() + body.hours * 3_600_000);
  return store.change(async (changes) => {
    const invitation = await changes.addInvitation({ email, name, role, tokenHash, createdBy: actor.name, expiresAt });
    const subject = { subjectId: invitation.id, subjectName: email };
    const facts = { role, expiresAt: invitation.expiresAt };
    await changes.audit({ actor, action: 'invitation.create', ...subject, reason: undefined, facts });
    return done({ invitation, token });
  });
});
