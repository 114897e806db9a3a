import { ROUTES, type Source } from '@postern/admin-contract';
import { done, invalid, notFound } from '../outcome.ts';
import type { SourceSettings } from '../ports/source-admin.ts';
import { FieldReader } from '../read-fields.ts';
import { readId } from '../reference.ts';
import { verb } from '../verb.ts';
import { readSourceSettings } from './read-settings.ts';

/**
 * Changes a source; what is not given stays. Connections that are open from it are used to their end.
 *
 * An address that is new has no reputation yet: unless it is said otherwise, the warm-up begins anew with it, and with the
 * first plan.
 */
export const updateSource = verb(ROUTES.updateSource, async ({ store, actor }, { params, body }) => {
  const before = await store.findSource(readId(params.source) ?? { name: params.source });
  if (!before) return notFound(`source ${params.source}`);
  const { reason, warmUpFrom, ...change } = body;
  const fields = new FieldReader();
  const settings = readSourceSettings(merged(before, change), fields);
  if (fields.errors.length > 0) return invalid(fields.errors);
  const warmUpAnew = warmUpFrom === undefined ? isNew(before, settings) : warmUpFrom === 'today';
  return store.change(async (changes) => {
    const source = await changes.updateSource(
      before.id,
      settings,
      warmUpAnew ? { warmUp: 'anew' } : { warmUp: 'kept' },
    );
    if (!source) return notFound(`source ${params.source}`);
    const subject = { subjectId: source.id, subjectName: source.name };
    const facts = { ...settings, ...(warmUpAnew ? { warmUpFrom: 'today' } : {}) };
    await changes.audit({ actor, action: 'source.update', ...subject, reason, facts });
    return done(source);
  });
});

function merged(
  { pool, addresses, ehloName, weight, warmUp }: Source,
  change: { readonly [Name in keyof SourceSettings]?: SourceSettings[Name] | undefined },
): SourceSettings {
  return {
    pool: change.pool ?? pool,
    addresses: change.addresses ?? addresses,
    ehloName: change.ehloName ?? ehloName,
    weight: change.weight ?? weight,
    warmUp: change.warmUp ?? warmUp,
  };
}

function isNew(before: Source, settings: SourceSettings): boolean {
  if (settings.warmUp.length === 0) return false;
  return before.warmUp.length === 0 || settings.addresses.some((each) => !before.addresses.includes(each));
}
