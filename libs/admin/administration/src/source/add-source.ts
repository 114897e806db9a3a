import { ROUTES } from '@postern/admin-contract';
import { conflict, done, invalid } from '../outcome.ts';
import { FieldReader } from '../read-fields.ts';
import { verb } from '../verb.ts';
import { readSourceSettings } from './read-settings.ts';

/** Adds a source to a pool. Machines that do not have its addresses skip it, and say so. */
export const addSource = verb(ROUTES.addSource, async ({ store, actor }, { body }) => {
  const fields = new FieldReader();
  const given = readSourceSettings(body, fields);
  if (fields.errors.length > 0) return invalid(fields.errors);
  const { name } = given;
  return store.change(async (changes) => {
    const source = await changes.addSource(given);
    if (!source) return conflict(`There is a source ${name} already`);
    const subject = { subjectId: source.id, subjectName: name };
    await changes.audit({ actor, action: 'source.add', ...subject, reason: undefined, facts: given });
    return done(source);
  });
});
