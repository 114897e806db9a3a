import { ROUTES } from '@postern/admin-contract';
import { conflict, done } from '../outcome.ts';
import { verb } from '../verb.ts';
import { readSubject } from './subject.ts';
import { readUntil } from './until.ts';

/**
 * Suspends mail of a credential, of a sender, to a domain, or all of it, wherever it waits: it is not sent for an hour, or
 * until the time given. What is being sent just now is finished; new mail is accepted and waits.
 */
export const suspend = verb(ROUTES.suspend, async ({ store, actor, clock }, { body }) => {
  const { scope, reason } = body;
  const until = readUntil(body.until, clock.now());
  if ('refused' in until) return until;
  const subject = await readSubject(store, body);
  if ('refused' in subject) return subject;
  return store.change(async (changes) => {
    const given = { ...subject.ok, scope, until: until.ok, by: actor.name, reason };
    const suspension = await changes.addSuspension(given);
    if (!suspension) return conflict('It is suspended already; resume it first');
    await changes.audit({
      actor,
      action: 'suspension.add',
      subjectId: suspension.id ?? '',
      subjectName: suspension.name,
      reason,
      facts: { scope, until: suspension.until },
    });
    return done(suspension);
  });
});
