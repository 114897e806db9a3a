import { ROUTES } from '@postern/admin-contract';
import {
  CREDENTIAL_NAME_RULE,
  formatSenderRule,
  newSecret,
  parseCredentialName,
  secretToStore,
} from '@postern/credentials';
import { conflict, done, invalid } from '../outcome.ts';
import { FieldReader } from '../read-fields.ts';
import { readSettings, settingFacts } from '../submitter/read-settings.ts';
import { verb } from '../verb.ts';

/**
 * Creates a submission credential and its secret. The secret is answered once: only its keyed hash and its SCRAM verifier
 * are stored, and it goes neither into the audit nor into a log.
 */
export const createCredential = verb(ROUTES.createCredential, async (context, { body }) => {
  const { store, actor, clock, keys } = context;
  const fields = new FieldReader();
  const name = fields.read('body.name', parseCredentialName(body.name), CREDENTIAL_NAME_RULE);
  const senderRules = fields.senderRules('body.senderRules', body.senderRules);
  const networks = fields.networks('body.networks', body.networks);
  const expiresAt = body.expiresAt === null ? undefined : new Date(body.expiresAt);
  if (expiresAt && expiresAt <= clock.now()) fields.refuse('body.expiresAt', 'Expected a time to come');
  const { name: _name, senderRules: _rules, networks: _networks, expiresAt: _expiresAt, ...given } = body;
  const settings = await readSettings(context, fields, given);
  if (name === undefined || fields.errors.length > 0) return invalid(fields.errors);

  const secret = newSecret();
  const stored = secretToStore(keys.credentialHashKey, { name, secret });
  return store.change(async (changes) => {
    const credential = await changes.addCredential({
      ...settings,
      name,
      senderRules,
      networks,
      expiresAt: expiresAt ?? null,
      secret: stored,
    });
    if (!credential) return conflict(`There is a credential ${name} already`);
    await changes.audit({
      actor,
      action: 'credential.create',
      subjectId: credential.id,
      subjectName: name,
      reason: undefined,
      facts: {
        senderRules: senderRules.map(formatSenderRule),
        networks,
        expiresAt: credential.expiresAt,
        ...settingFacts(given),
      },
    });
    return done({ credential, secret });
  });
});
