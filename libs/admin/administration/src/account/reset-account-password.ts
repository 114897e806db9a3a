import { ROUTES } from '@postern/admin-contract';
import { newSecret } from '@postern/credentials';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';
import { beyondOwn } from './beyond-own.ts';
import { hashPassword } from './password.ts';
import { findAccount } from './reference.ts';

/** Gives an account a generated password, which is answered once, and ends all of its sessions. */
export const resetAccountPassword = verb(ROUTES.resetAccountPassword, async (context, { params, body }) => {
  const { store, actor } = context;
  const found = await findAccount(context, params.account);
  if (!found) return notFound(`account ${params.account}`);
  const beyond = beyondOwn(actor, found.role);
  if (beyond) return beyond;
  const password = newSecret();
  const passwordHash = await hashPassword(password);
  return store.change(async (changes) => {
    await changes.setAccountPassword(found.id, passwordHash);
    const facts = { sessionsEnded: await changes.endSessions(found.id) };
    const subject = { subjectId: found.id, subjectName: found.email };
    await changes.audit({ actor, action: 'account.reset-password', ...subject, reason: body.reason, facts });
    return done({ account: { ...found, sessions: 0 }, password });
  });
});
