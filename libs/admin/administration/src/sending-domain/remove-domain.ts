import { ROUTES } from '@postern/admin-contract';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';
import { findDomain } from './reference.ts';

/** Removes a sending domain with its keys, for good. */
export const removeDomain = verb(ROUTES.removeDomain, async ({ store, actor }, { params, body }) => {
  const domain = await findDomain(store, params.domain);
  if (!domain) return notFound(`sending domain ${params.domain}`);
  return store.change(async (changes) => {
    if (!(await changes.removeDomain(domain.id))) return notFound(`sending domain ${params.domain}`);
    const facts = { selectors: domain.keys.map(({ selector }) => selector) };
    const subject = { subjectId: domain.id, subjectName: domain.name };
    await changes.audit({ actor, action: 'domain.remove', ...subject, reason: body.reason, facts });
    return done(undefined);
  });
});
