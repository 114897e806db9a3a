import { ROUTES } from '@postern/admin-contract';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';
import { beyondOwn } from './beyond-own.ts';
import { findAccount } from './reference.ts';

/** Takes the authenticator app, the recovery codes and the passkeys off an account whose owner lost them; its sessions end. */
export const resetSecondFactor = verb(ROUTES.resetSecondFactor, async (context, { params, body }) => {
  const { store, actor } = context;
  const found = await findAccount(context, params.account);
  if (!found) return notFound(`account ${params.account}`);
  const beyond = beyondOwn(actor, found.role);
  if (beyond) return beyond;
  return store.change(async (changes) => {
    const reset = await changes.resetSecondFactor(found.id);
    if (!reset) return notFound(`account ${params.account}`);
    const facts = { ...reset, sessionsEnded: await changes.endSessions(found.id) };
    const subject = { subjectId: found.id, subjectName: found.email };
    await changes.audit({ actor, action: 'account.reset-second-factor', ...subject, reason: body.reason, facts });
    return done({ ...found, sessions: 0, authenticatorApp: false, passkeys: 0 });
  });
});
