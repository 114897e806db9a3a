import type { Context } from '../context.ts';

/** What people do with their own sessions and accounts. */
export type OwnAction =
  | 'session.sign-in'
  | 'session.sign-out'
  | 'session.end'
  | 'account.change-password'
  | 'account.add-authenticator'
  | 'account.remove-authenticator'
  | 'account.renew-recovery-codes';

/** Records in the audit what a person did with their own session or account. */
export function recordSession(
  { store, actor }: Pick<Context, 'store' | 'actor'>,
  action: OwnAction,
  facts: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const subject = { subjectId: actor.id, subjectName: actor.name };
  return store.change((changes) => changes.audit({ actor, action, ...subject, reason: undefined, facts }));
}
