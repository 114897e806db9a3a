import { newSecret } from '@postern/credentials';
import type { Context } from '../context.ts';
import { hashPassword } from './password.ts';

export interface FirstAccount {
  readonly email: string;
  /** The password that was generated; undefined when it was given, or when the account was there already. */
  readonly password: string | undefined;
  readonly made: boolean;
}

/**
 * Makes the first account, an owner, while there is none: with the password given, or with a generated one that is
 * answered this once. When there is an account, answers its e-mail address and changes nothing.
 */
export async function ensureFirstAccount(
  { store, actor }: Pick<Context, 'store' | 'actor'>,
  wanted: { readonly email: string; readonly password: string | undefined },
): Promise<FirstAccount> {
  const before = await store.firstAccount();
  if (before) return { email: before.email, password: undefined, made: false };
  const password = wanted.password ?? newSecret();
  const passwordHash = await hashPassword(password);
  const account = await store.change(async (changes) => {
    const { email } = wanted;
    const added = await changes.addFirstAccount({ email, name: 'Administrator', role: 'owner', passwordHash });
    if (added) {
      const subject = { subjectId: added.id, subjectName: added.email };
      await changes.audit({
        actor,
        action: 'account.create',
        ...subject,
        reason: undefined,
        facts: { role: added.role },
      });
    }
    return added;
  });
  if (account) return { email: account.email, password: wanted.password ? undefined : password, made: true };
  // Another process was first.
  const first = await store.firstAccount();
  if (!first) throw new Error('There is no account, and none could be made');
  return { email: first.email, password: undefined, made: false };
}
