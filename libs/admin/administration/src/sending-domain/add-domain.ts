import { ROUTES } from '@postern/admin-contract';
import { makeKey, newSelector, SIGNING_ALGORITHMS } from '@postern/sending-domain';
import { type Domain, parseDomain } from '@postern/smtp';
import { conflict, done, invalid } from '../outcome.ts';
import { FieldReader } from '../read-fields.ts';
import { ownSources } from '../own-sources.ts';
import { verb } from '../verb.ts';
import { domainDetail } from './domain-view.ts';
import { readSignedFields } from './signed-fields.ts';

/**
 * Adds a sending domain and makes its keys. They sign from now on: until their records are published, receivers take its mail
 * for what it was before, unsigned (RFC 6376 §6.1).
 */
export const addDomain = verb(ROUTES.addDomain, async (context, { body }) => {
  const { store, actor, clock, keys } = context;
  const fields = new FieldReader();
  const name = fields.read('body.name', readName(body.name), 'a domain of two labels or more: example.org');
  const delegatedTo =
    body.delegatedTo === null ? undefined : fields.read('body.delegatedTo', parseDomain(body.delegatedTo), 'a domain');
  const signedFields = readSignedFields(fields, body.signedFields);
  if (name === undefined || fields.errors.length > 0) return invalid(fields.errors);

  const { subDomains, settleSeconds, retainSeconds } = body;
  const delegated = delegatedTo !== undefined;
  const made = await Promise.all(
    SIGNING_ALGORITHMS.map((algorithm) => {
      const selector = newSelector(algorithm, { at: clock.now(), taken: new Set(), delegated });
      if (selector === undefined) throw new Error('a new domain has no free selector');
      return makeKey({ algorithm, selector, state: 'active', sealKey: keys.sealKey });
    }),
  );
  const settings = { subDomains, signedFields, settleSeconds, retainSeconds, rotateDays: body.rotateDays ?? undefined };
  const sources = await ownSources(context);
  return store.change(async (changes) => {
    const domain = await changes.addDomain({ name, delegatedTo, ...settings, keys: made });
    if (!domain) return conflict(`${name} is a sending domain already`);
    const facts = { ...settings, delegatedTo, selectors: made.map(({ selector }) => selector) };
    const subject = { subjectId: domain.id, subjectName: name };
    await changes.audit({ actor, action: 'domain.add', ...subject, reason: undefined, facts });
    return done(domainDetail(domain, sources));
  });
});

function readName(text: string): Domain | undefined {
  const domain = parseDomain(text);
  return domain?.includes('.') ? domain : undefined;
}
