import { ROUTES } from '@postern/admin-contract';
import { conflict, done, invalid, notFound } from '../outcome.ts';
import { FieldReader } from '../read-fields.ts';
import { readSettings, settingFacts } from '../submitter/read-settings.ts';
import { verb } from '../verb.ts';
import { readReference } from './reference.ts';

/** Changes settings of a credential; what is left out stays. It counts from the next message on, also in open sessions. */
export const updateCredential = verb(ROUTES.updateCredential, async (context, { params, body }) => {
  const { store, actor, clock } = context;
  const reference = readReference(params.credential);
  const before = reference && (await store.findCredential(reference));
  if (!before) return notFound(`credential ${params.credential}`);
  if (before.state === 'revoked') return conflict('It is revoked, for good');

  const fields = new FieldReader();
  const { senderRules, networks, expiresAt, reason, ...given } = body;
  const settings = await readSettings(context, fields, given);
  const expires = expiresAt === undefined || expiresAt === null ? expiresAt : new Date(expiresAt);
  if (expires && expires <= clock.now()) fields.refuse('body.expiresAt', 'Expected a time to come');
  const change = {
    ...settings,
    ...(senderRules ? { senderRules: fields.senderRules('body.senderRules', senderRules) } : {}),
    ...(networks ? { networks: fields.networks('body.networks', networks) } : {}),
    ...(expires === undefined ? {} : { expiresAt: expires }),
  };
  if (fields.errors.length > 0) return invalid(fields.errors);
  return store.change(async (changes) => {
    const credential = await changes.updateCredential(before.id, change);
    if (!credential) return notFound(`credential ${params.credential}`);
    const subject = { subjectId: credential.id, subjectName: credential.name };
    await changes.audit({ actor, action: 'credential.update', ...subject, reason, facts: settingFacts(body) });
    return done(credential);
  });
});
