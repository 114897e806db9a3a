import { ROUTES } from '@postern/admin-contract';
import { conflict, done, invalid } from '../outcome.ts';
import { FieldReader } from '../read-fields.ts';
import { verb } from '../verb.ts';
import { readScope, readSuppressedAddress } from './read-suppression.ts';

/** Sends to an address no more, for senders within a scope, until a time or for good. Holds within a second or two. */
export const addSuppression = verb(ROUTES.addSuppression, async ({ store, actor }, { body }) => {
  const fields = new FieldReader();
  const address = fields.read('body.address', readSuppressedAddress(body.address), 'an address, as a@example.org');
  const scope = fields.read('body.scope', readScope(body.scope), '*, @domain, or an address');
  if (address === undefined || scope === undefined) return invalid(fields.errors);
  return store.change(async (changes) => {
    const until = body.until === null ? null : new Date(body.until);
    const given = {
      address,
      scope,
      source: 'manual',
      evidence: body.reason ?? '',
      createdBy: actor.name,
      until,
    } as const;
    const [added] = await changes.addSuppressions([given]);
    if (!added) return conflict(`${address} is suppressed already for ${scope}`);
    const subject = { subjectId: added.id, subjectName: address };
    await changes.audit({
      actor,
      action: 'suppression.add',
      ...subject,
      reason: body.reason,
      facts: { scope, until: body.until },
    });
    return done(added);
  });
});
