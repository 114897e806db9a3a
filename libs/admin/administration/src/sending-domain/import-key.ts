import { ROUTES } from '@postern/admin-contract';
import { isSelector, readPrivateKey } from '@postern/dkim';
import { replacedBy, sealedKey } from '@postern/sending-domain';
import { conflict, done, invalid, notFound } from '../outcome.ts';
import { ownSources } from '../own-sources.ts';
import { verb } from '../verb.ts';
import { domainDetail } from './domain-view.ts';
import { findDomain } from './reference.ts';
import { retire } from './rotate-key.ts';

/** Takes over the key of another signer, whose record is published already: OpenDKIM's, rspamd's or Exim's PEM file. */
export const importDomainKey = verb(ROUTES.importDomainKey, async (context, { params, body }) => {
  const { store, actor, keys } = context;
  const domain = await findDomain(store, params.domain);
  if (!domain) return notFound(`sending domain ${params.domain}`);
  const selector = body.selector.toLowerCase();
  if (!isSelector(selector)) return invalid([{ field: 'body.selector', message: 'Expected a selector: mail2026' }]);
  const reading = readPrivateKey(body.privateKey);
  if (reading.kind === 'refused') return invalid([{ field: 'body.privateKey', message: `Refused: ${reading.reason}` }]);
  const state = body.sign === 'now' ? ('active' as const) : ('pending' as const);
  const key = sealedKey(reading, { selector, state, sealKey: keys.sealKey });
  const sources = await ownSources(context);
  return store.change(async (changes) => {
    const added = await changes.addDkimKey(domain.id, key);
    if (!added) return conflict(`${domain.name} has a key ${selector} already`);
    if (state === 'active') await retire(changes, replacedBy(added, domain.keys));
    const facts = { selector, algorithm: key.algorithm, bits: key.bits, sign: body.sign };
    const subject = { subjectId: domain.id, subjectName: domain.name };
    await changes.audit({ actor, action: 'domain.import-key', ...subject, reason: body.reason, facts });
    const after = await changes.readDomain(domain.id);
    return after ? done(domainDetail(after, sources)) : notFound(`sending domain ${params.domain}`);
  });
});
