import { ROUTES } from '@postern/admin-contract';
import { done, invalid, notFound } from '../outcome.ts';
import { ownSources } from '../own-sources.ts';
import { FieldReader } from '../read-fields.ts';
import { verb } from '../verb.ts';
import { domainDetail } from './domain-view.ts';
import { findDomain } from './reference.ts';
import { readSignedFields } from './signed-fields.ts';

/** Changes how a sending domain signs and rotates; what is left out stays, and so do its keys. */
export const updateDomain = verb(ROUTES.updateDomain, async (context, { params, body }) => {
  const { store, actor } = context;
  const domain = await findDomain(store, params.domain);
  if (!domain) return notFound(`sending domain ${params.domain}`);
  const fields = new FieldReader();
  const { signedFields: texts, subDomains, rotateDays, settleSeconds, retainSeconds } = body;
  const change = {
    ...(texts === undefined ? {} : { signedFields: readSignedFields(fields, texts) }),
    ...(subDomains === undefined ? {} : { subDomains }),
    ...(rotateDays === undefined ? {} : { rotateDays }),
    ...(settleSeconds === undefined ? {} : { settleSeconds }),
    ...(retainSeconds === undefined ? {} : { retainSeconds }),
  };
  if (fields.errors.length > 0) return invalid(fields.errors);
  const sources = await ownSources(context);
  return store.change(async (changes) => {
    const after = await changes.updateDomain(domain.id, change);
    if (!after) return notFound(`sending domain ${params.domain}`);
    const subject = { subjectId: domain.id, subjectName: domain.name };
    await changes.audit({ actor, action: 'domain.update', ...subject, reason: body.reason, facts: change });
    return done(domainDetail(after, sources));
  });
});
