import { ROUTES } from '@postern/admin-contract';
import { newSecret, parseCredentialName, secretToStore } from '@postern/credentials';
import { conflict, done, invalid, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';
import { readReference } from './reference.ts';

/** A secret that nobody uses any more goes by itself. */
const RETIRE_UNUSED_DAYS = 7;

/**
 * Gives a credential a new secret, which is answered once. The old one stays good until it is retired: when it was not
 * used for some days, at a time, or at once. Two are good at the same time at most.
 */
export const rotateCredential = verb(ROUTES.rotateCredential, async (context, { params, body }) => {
  const { store, actor, clock, keys } = context;
  const reference = readReference(params.credential);
  const before = reference && (await store.findCredential(reference));
  const name = before && parseCredentialName(before.name);
  if (!before || !name) return notFound(`credential ${params.credential}`);
  if (before.state === 'revoked') return conflict('It is revoked, for good');
  const { retireNow, retireUnusedDays, reason } = body;
  const retireAt = body.retireAt === undefined ? null : new Date(body.retireAt);
  if (retireAt && retireAt <= clock.now())
    return invalid([{ field: 'body.retireAt', message: 'Expected a time to come' }]);
  if (retireNow && (retireAt || retireUnusedDays !== undefined))
    return invalid([{ field: 'body.retireNow', message: 'Expected it alone: what is retired now has no later end' }]);

  const secret = newSecret();
  const stored = secretToStore(keys.credentialHashKey, { name, secret });
  const unusedDays = retireUnusedDays ?? (retireAt ? null : RETIRE_UNUSED_DAYS);
  return store.change(async (changes) => {
    const credential = await changes.rotateCredential({
      credentialId: before.id,
      secret: stored,
      old: retireNow ? { kind: 'retired-now' } : { kind: 'kept', retireUnusedDays: unusedDays, until: retireAt },
    });
    if (credential === 'two-live')
      return conflict('Two of its secrets are good already: wait until the older one is retired, or retire both now');
    const subject = { subjectId: credential.id, subjectName: credential.name };
    const facts = retireNow ? { old: 'retired' } : { retireUnusedDays: unusedDays, retireAt };
    await changes.audit({ actor, action: 'credential.rotate', ...subject, reason, facts });
    return done({ credential, secret });
  });
});
