import type { Context } from '../context.ts';

/** Records in the audit that a person signed in or out, or changed their password. */
export function recordSession(
  { store, actor }: Pick<Context, 'store' | 'actor'>,
  action: 'session.sign-in' | 'session.sign-out' | 'account.change-password',
): Promise<void> {
  const subject = { subjectId: actor.id, subjectName: actor.name };
  return store.change((changes) => changes.audit({ actor, action, ...subject, reason: undefined, facts: {} }));
}
