import { MAX_PASSKEYS, type Passkey } from '@postern/admin-contract';
import type { Context } from '../context.ts';
import { conflict, done, notFound, type Outcome } from '../outcome.ts';
import type { PasskeyKey } from '../ports/passkey-admin.ts';
import { readId } from '../reference.ts';

type Own = Pick<Context, 'store' | 'actor'>;

/** Adds a passkey to the actor's own account, after the browser has proven that it made one. */
export function addPasskey(
  { store, actor }: Own,
  given: PasskeyKey & { readonly name: string },
): Promise<Outcome<Passkey>> {
  return store.change(async (changes) => {
    const added = await changes.addPasskey({ ...given, personId: actor.id }, { most: MAX_PASSKEYS });
    if (added === 'taken') return conflict('This passkey is added already');
    if (added === 'full') return conflict(`An account has ${MAX_PASSKEYS} passkeys at most; remove one first`);
    const subject = { subjectId: actor.id, subjectName: actor.name };
    const facts = { passkey: added.id, name: added.name };
    await changes.audit({ actor, action: 'account.add-passkey', ...subject, reason: undefined, facts });
    return done(added);
  });
}

/** Removes one of the actor's own passkeys. Who holds it may be signed in with it: the other sessions end. */
export function removePasskey(
  { store, actor }: Own,
  { id, session }: { readonly id: string; readonly session: string },
): Promise<Outcome<undefined>> {
  return store.change(async (changes) => {
    const passkey = readId(id)?.id;
    const name = passkey && (await changes.removePasskey(actor.id, passkey));
    if (name === undefined) return notFound('passkey of yours with this id');
    const subject = { subjectId: actor.id, subjectName: actor.name };
    const facts = { passkey, name, sessionsEnded: await changes.endSessions(actor.id, { session }) };
    await changes.audit({ actor, action: 'account.remove-passkey', ...subject, reason: undefined, facts });
    return done(undefined);
  });
}
