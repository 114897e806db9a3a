import { ROUTES } from '@postern/admin-contract';
import { done, notFound } from '../outcome.ts';
import { readId } from '../reference.ts';
import { verb } from '../verb.ts';

/** Removes a source, by its id or its name. What is under way from it is finished. */
export const removeSource = verb(ROUTES.removeSource, async ({ store, actor }, { params, body }) => {
  const source = await store.findSource(readId(params.source) ?? { name: params.source });
  if (!source) return notFound(`source ${params.source}`);
  return store.change(async (changes) => {
    if (!(await changes.removeSource(source.id))) return notFound(`source ${params.source}`);
    const subject = { subjectId: source.id, subjectName: source.name };
    await changes.audit({ actor, action: 'source.remove', ...subject, reason: body.reason, facts: {} });
    return done(undefined);
  });
});
