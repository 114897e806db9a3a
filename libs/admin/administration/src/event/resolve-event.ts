import { ROUTES } from '@postern/admin-contract';
import { conflict, done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';

/** Says that an event was dealt with. It changes nothing else: what is held stays held. */
export const resolveEvent = verb(ROUTES.resolveEvent, async ({ store, actor }, { params, body }) => {
  if (!(await store.findEvent(params.id))) return notFound(`event ${params.id}`);
  return store.change(async (changes) => {
    const event = await changes.resolveEvent(params.id, actor.name);
    if (!event) return conflict('It is resolved already');
    const { id, name } = event.subject;
    const facts = { event: event.id, kind: event.kind };
    await changes.audit({
      actor,
      action: 'event.resolve',
      subjectId: id,
      subjectName: name,
      reason: body.reason,
      facts,
    });
    return done(event);
  });
});
