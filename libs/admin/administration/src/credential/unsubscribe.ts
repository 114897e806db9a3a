import { ROUTES } from '@postern/admin-contract';
import { readUnsubscribeTemplate, UNSUBSCRIBE_RULE, unsubscribeKey } from '@postern/credentials';
import type { Context } from '../context.ts';
import { done, invalid, notFound, type Outcome, unauthorized } from '../outcome.ts';
import { verb } from '../verb.ts';
import { readReference } from './reference.ts';

/** Where recipients of a credential's mail unsubscribe. */
export const showUnsubscribe = verb(ROUTES.showUnsubscribe, async ({ store }, { params }) => {
  const credential = await found(store, params.credential);
  if (!credential) return notFound(`credential ${params.credential}`);
  return done({ template: (await store.unsubscribeTemplate(credential.id)) ?? null });
});

/** Has unsubscribe fields added to messages of a credential, or not any more. It counts from the next message on. */
export const updateUnsubscribe = verb(ROUTES.updateUnsubscribe, async ({ store, actor }, { params, body }) => {
  const template = body.template === null ? undefined : readUnsubscribeTemplate(body.template);
  if (body.template !== null && template === undefined)
    return invalid([{ field: 'body.template', message: `Expected ${UNSUBSCRIBE_RULE}` }]);
  const credential = await found(store, params.credential);
  if (!credential) return notFound(`credential ${params.credential}`);
  return store.change(async (changes) => {
    await changes.setUnsubscribeTemplate(credential.id, template);
    const facts = { template: template ?? null };
    const subject = { subjectId: credential.id, subjectName: credential.name };
    await changes.audit({ actor, action: 'credential.unsubscribe', ...subject, reason: body.reason, facts });
    return done(facts);
  });
});

/**
 * What the tokens in a credential's unsubscribe links are checked with. It is no route of the API: only who has the machine's
 * shell may take a key away, and the audit says so.
 */
export async function showUnsubscribeKey(
  { store, actor, keys }: Context,
  name: string,
): Promise<Outcome<{ readonly credential: string; readonly key: string }>> {
  const refused = unauthorized(actor, 'credentials:write');
  if (refused) return refused;
  const credential = await found(store, name);
  if (!credential) return notFound(`credential ${name}`);
  await store.change((changes) => {
    const subject = { subjectId: credential.id, subjectName: credential.name };
    return changes.audit({ actor, action: 'credential.unsubscribe-key', ...subject, reason: undefined, facts: {} });
  });
  return done({ credential: credential.name, key: unsubscribeKey(keys.unsubscribeKey, credential.id) });
}

function found(store: Pick<Context['store'], 'findCredential'>, text: string) {
  const reference = readReference(text);
  return reference ? store.findCredential(reference) : Promise.resolve(undefined);
}
