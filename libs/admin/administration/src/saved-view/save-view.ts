import { MOST_SAVED_VIEWS, ROUTES } from '@postern/admin-contract';
import { readMessageQuery } from '../message/message-query.ts';
import { conflict, done, invalid } from '../outcome.ts';
import { verb } from '../verb.ts';

/** Saves a search under a name, for whoever asks; a search that is none is refused. */
export const saveView = verb(ROUTES.saveView, async ({ store, actor, clock }, { body }) => {
  const { name, query } = body;
  const reading = readMessageQuery(query, clock.now());
  if ('fault' in reading) return invalid([{ field: 'body.query', message: reading.fault }]);
  return store.change(async (changes) => {
    const view = await changes.saveView(actor.id, { name, query, most: MOST_SAVED_VIEWS });
    if (!view) return conflict(`You have ${MOST_SAVED_VIEWS} saved views already: remove one first`);
    const subject = { subjectId: view.id, subjectName: name };
    await changes.audit({ actor, action: 'saved-view.save', ...subject, reason: undefined, facts: { query } });
    return done(view);
  });
});
