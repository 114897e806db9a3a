import { parseAddress } from '@postern/dns';
import { parseDomain } from '@postern/smtp';
import type { NewSource } from '../ports/source-admin.ts';
import type { FieldReader } from '../read-fields.ts';

/** The settings of a source in canonical form; notes what is wrong with them. */
export function readSourceSettings<Given extends Omit<NewSource, 'name'>>(given: Given, fields: FieldReader): Given {
  const read = (at: string, text: string) => fields.read(at, parseAddress(text), 'an IP address');
  const addresses = fields.each('body.addresses', given.addresses, { read, format: ({ text }) => text });
  if (new Set(addresses.map(({ family }) => family)).size < addresses.length)
    fields.refuse('body.addresses', 'Expected at most one IPv4 and one IPv6 address');
  const ehloName = fields.read('body.ehloName', parseDomain(given.ehloName), 'a host name') ?? given.ehloName;
  return { ...given, ehloName, addresses: addresses.map(({ text }) => text) };
}
