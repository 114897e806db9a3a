import { ROUTES } from '@postern/admin-contract';
import { conflict, done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';
import { findAccount } from './reference.ts';

/** Removes an account; its sessions and the API keys that it made end with it. What it did stays in the audit. An installation keeps an owner. */
export const removeAccount = verb(ROUTES.removeAccount, async (context, { params, body }) => {
  const { store, actor } = context;
  const found = await findAccount(context, params.account);
  if (!found) return notFound(`account ${params.account}`);
  return store.change(async (changes) => {
    const apiKeys = await changes.namesOfKeysOf(found.id);
    const removed = await changes.removeAccount(found.id);
    if (removed === undefined) return notFound(`account ${params.account}`);
    if (removed === 'last-owner') return conflict(`${found.email} is the only owner: make another one first`);
    const subject = { subjectId: found.id, subjectName: found.email };
    const facts = { role: found.role, ...(apiKeys.length > 0 ? { apiKeys } : {}) };
    await changes.audit({ actor, action: 'account.remove', ...subject, reason: body.reason, facts });
    return done(undefined);
  });
});
