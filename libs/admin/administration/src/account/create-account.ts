import { ROUTES } from '@postern/admin-contract';
import { newSecret } from '@postern/credentials';
import { conflict, done } from '../outcome.ts';
import { verb } from '../verb.ts';
import { beyondOwn } from './beyond-own.ts';
import { hashPassword } from './password.ts';

/** Makes an account with a generated password, which is answered once: only its hash is stored. */
export const createAccount = verb(ROUTES.createAccount, async ({ store, actor }, { body }) => {
  const beyond = beyondOwn(actor, body.role);
  if (beyond) return beyond;
  const email = body.email.toLowerCase();
  const password = newSecret();
  const passwordHash = await hashPassword(password);
  return store.change(async (changes) => {
    const account = await changes.addAccount({ email, name: body.name, role: body.role, passwordHash });
    if (!account) return conflict(`There is an account ${email} already`);
    const subject = { subjectId: account.id, subjectName: email };
    const facts = { role: body.role };
    await changes.audit({ actor, action: 'account.create', ...subject, reason: undefined, facts });
    return done({ account, password });
  });
});
