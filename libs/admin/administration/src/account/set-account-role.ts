import { ROUTES } from '@postern/admin-contract';
import { conflict, done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';
import { beyondOwn } from './beyond-own.ts';
import { findAccount } from './reference.ts';

/** Gives an account another role, which holds from its next request on. An installation keeps an owner. */
export const setAccountRole = verb(ROUTES.setAccountRole, async (context, { params, body }) => {
  const { store, actor } = context;
  const found = await findAccount(context, params.account);
  if (!found) return notFound(`account ${params.account}`);
  const beyond = beyondOwn(actor, body.role) ?? beyondOwn(actor, found.role);
  if (beyond) return beyond;
  return store.change(async (changes) => {
    const changed = await changes.setAccountRole(found.id, body.role);
    if (changed === undefined) return notFound(`account ${params.account}`);
    if (changed === 'last-owner') return conflict(`${found.email} is the only owner: make another one first`);
    const subject = { subjectId: found.id, subjectName: found.email };
    const facts = { from: found.role, to: body.role };
    await changes.audit({ actor, action: 'account.set-role', ...subject, reason: body.reason, facts });
    return done(changed);
  });
});
