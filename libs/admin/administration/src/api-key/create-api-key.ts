import { ROUTES } from '@postern/admin-contract';
import { conflict, done, invalid } from '../outcome.ts';
import { FieldReader } from '../read-fields.ts';
import { verb } from '../verb.ts';
import { hashKeyText, newKeyText } from './key-text.ts';

/**
 * Creates an API key. Nobody gives away more than they have: a permission that the actor lacks is refused. The key's text
 * is answered once; only its keyed hash is stored, and it goes neither into the audit nor into a log.
 */
export const createApiKey = verb(ROUTES.createApiKey, async ({ store, actor, clock, keys }, { body }) => {
  const fields = new FieldReader();
  const permissions = [...new Set(body.permissions)].sort();
  for (const [index, permission] of body.permissions.entries()) {
    if (!actor.permissions.has(permission))
      fields.refuse(`body.permissions.${index}`, `You have no permission ${permission} to give`);
  }
  const expiresAt = body.expiresAt === null ? undefined : new Date(body.expiresAt);
  if (expiresAt && expiresAt <= clock.now()) fields.refuse('body.expiresAt', 'Expected a time to come');
  if (fields.errors.length > 0) return invalid(fields.errors);

  const key = newKeyText();
  const hash = hashKeyText(keys.apiKeyHashKey, key);
  if (!hash) throw new Error('a new key has the form of a key');
  const { name } = body;
  return store.change(async (changes) => {
    const made = await changes.addApiKey({ name, hash, permissions, createdBy: actor, expiresAt });
    if (!made) return conflict(`There is an API key ${name} already`);
    const facts = { permissions, expiresAt: made.expiresAt };
    const subject = { subjectId: made.id, subjectName: name };
    await changes.audit({ actor, action: 'api-key.create', ...subject, reason: undefined, facts });
    return done({ apiKey: made, key });
  });
});
