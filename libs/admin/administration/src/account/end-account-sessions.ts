import { ROUTES } from '@postern/admin-contract';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';
import { findAccount } from './reference.ts';

/** Ends all sessions of an account: whoever holds one signs in again. */
export const endAccountSessions = verb(ROUTES.endAccountSessions, async (context, { params, body }) => {
  const { store, actor } = context;
  const found = await findAccount(context, params.account);
  if (!found) return notFound(`account ${params.account}`);
  return store.change(async (changes) => {
    const facts = { sessionsEnded: await changes.endSessions(found.id) };
    const subject = { subjectId: found.id, subjectName: found.email };
    await changes.audit({ actor, action: 'account.end-sessions', ...subject, reason: body.reason, facts });
    return done({ ...found, sessions: 0 });
  });
});
