import { ROUTES } from '@postern/admin-contract';
import { parseAddress } from '@postern/dns';
import { parseDomain } from '@postern/smtp';
import { conflict, done, invalid } from '../outcome.ts';
import { FieldReader } from '../read-fields.ts';
import { verb } from '../verb.ts';

/** Adds a source to a pool. Machines that do not have its addresses skip it, and say so. */
export const addSource = verb(ROUTES.addSource, async ({ store, actor }, { body }) => {
  const fields = new FieldReader();
  const read = (at: string, text: string) => fields.read(at, parseAddress(text), 'an IP address');
  const addresses = fields.each('body.addresses', body.addresses, { read, format: ({ text }) => text });
  if (new Set(addresses.map(({ family }) => family)).size < addresses.length)
    fields.refuse('body.addresses', 'Expected at most one IPv4 and one IPv6 address');
  const ehloName = fields.read('body.ehloName', parseDomain(body.ehloName), 'a host name');
  if (ehloName === undefined || fields.errors.length > 0) return invalid(fields.errors);
  const { name, pool, weight, warmUp } = body;
  const given = { name, pool, weight, warmUp, ehloName, addresses: addresses.map(({ text }) => text) };
  return store.change(async (changes) => {
    const source = await changes.addSource(given);
    if (!source) return conflict(`There is a source ${name} already`);
    const subject = { subjectId: source.id, subjectName: name };
    await changes.audit({ actor, action: 'source.add', ...subject, reason: undefined, facts: given });
    return done(source);
  });
});
