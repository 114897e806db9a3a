import { ROUTES } from '@postern/admin-contract';
import { readReference } from '../credential/reference.ts';
import { done, invalid, notFound } from '../outcome.ts';
import { readSuppressedAddress } from '../suppression/read-suppression.ts';
import { verb } from '../verb.ts';

/** Changes how bounces of a credential's mail are dealt with; what is left out stays. */
export const updateBounceSettings = verb(ROUTES.updateBounceSettings, async ({ store, actor }, { params, body }) => {
  const { reason, ...change } = body;
  const isWord = change.dsn === undefined || change.dsn === 'off' || change.dsn === 'reverse-path';
  if (!isWord && readSuppressedAddress(change.dsn ?? '') === undefined)
    return invalid([{ field: 'body.dsn', message: 'Expected reverse-path, off, or an address' }]);
  const reference = readReference(params.credential);
  const credential = reference && (await store.findCredential(reference));
  if (!credential) return notFound(`credential ${params.credential}`);
  const before = await store.bounceSettings(credential.id);
  const settings = {
    dsn: change.dsn ?? before.dsn,
    suppressed: change.suppressed ?? before.suppressed,
    signedPaths: change.signedPaths ?? before.signedPaths,
    hold: change.hold ?? before.hold,
    thresholds: { ...before.thresholds, ...given(change.thresholds ?? {}) },
  };
  const { bounceWarning, bounceCritical, complaintWarning, complaintCritical } = settings.thresholds;
  const message = 'Expected no more than what is critical';
  if (bounceWarning > bounceCritical) return invalid([{ field: 'body.thresholds.bounceWarning', message }]);
  if (complaintWarning > complaintCritical) return invalid([{ field: 'body.thresholds.complaintWarning', message }]);
  return store.change(async (changes) => {
    await changes.setBounceSettings(credential.id, settings);
    const subject = { subjectId: credential.id, subjectName: credential.name };
    await changes.audit({ actor, action: 'credential.bounces', ...subject, reason, facts: settings });
    return done(settings);
  });
});

/** Without what was left out. */
function given<T extends object>(values: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof T]: Exclude<T[Key], undefined> };
}
