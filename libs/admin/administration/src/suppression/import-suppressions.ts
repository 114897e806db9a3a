import { ROUTES } from '@postern/admin-contract';
import { done, invalid } from '../outcome.ts';
import { FieldReader } from '../read-fields.ts';
import { verb } from '../verb.ts';
import { readScope, readSuppressedAddress } from './read-suppression.ts';

/** Sends to many addresses no more. All of them, or none when one is malformed; those that are suppressed stay as they are. */
export const importSuppressions = verb(ROUTES.importSuppressions, async ({ store, actor }, { body }) => {
  const fields = new FieldReader();
  const items = body.items.flatMap((item, index) => {
    const address = fields.read(`body.items.${index}.address`, readSuppressedAddress(item.address), 'an address');
    const scope = fields.read(`body.items.${index}.scope`, readScope(item.scope), '*, @domain, or an address');
    const until = item.until === null ? null : new Date(item.until);
    const evidence = item.reason ?? body.reason ?? '';
    return address && scope
      ? [{ address, scope, source: 'import' as const, evidence, createdBy: actor.name, until }]
      : [];
  });
  if (fields.errors.length > 0) return invalid(fields.errors.slice(0, 20));
  return store.change(async (changes) => {
    const added = (await changes.addSuppressions(items)).length;
    const subject = { subjectId: 'suppressions', subjectName: `${items.length} addresses` };
    await changes.audit({
      actor,
      action: 'suppression.import',
      ...subject,
      reason: body.reason,
      facts: { given: items.length, added },
    });
    return done({ added, kept: items.length - added });
  });
});
