import { formatKeyRecord, keyRecordName } from '@postern/dkim';
import { delegatedSelectors } from './selector-name.ts';
import type { DkimKey, SendingDomain } from './sending-domain.ts';
import type { Sources } from './sources.ts';

/** A record of the DNS as it is to be published. */
export interface DnsRecord {
  readonly purpose: string;
  /** The zone that it belongs in. */
  readonly zone: string;
  readonly name: string;
  readonly type: 'TXT' | 'CNAME';
  readonly value: string;
  /** Whether mail is worse off without it, or it is advice. */
  readonly needed: boolean;
  readonly note: string | undefined;
}

/** Every record that a sending domain is to publish. */
export function recordsOf(
  domain: Pick<SendingDomain, 'name' | 'delegatedTo'> & { readonly keys: readonly DkimKey[] },
  sources: Sources,
): readonly DnsRecord[] {
  return [...dkimRecords(domain), spfRecord(domain.name, sources), dmarcRecord(domain.name)];
}

/** The name at which a key's record itself stands: in the zone that the selectors are delegated to, when they are. */
export function keyName(
  key: Pick<DkimKey, 'selector'>,
  { name, delegatedTo }: Pick<SendingDomain, 'name' | 'delegatedTo'>,
): string {
  return delegatedTo === undefined ? keyRecordName(key.selector, name) : `${key.selector}.${name}.${delegatedTo}`;
}

function dkimRecords({
  name,
  delegatedTo,
  keys,
}: Pick<SendingDomain, 'name' | 'delegatedTo'> & { readonly keys: readonly DkimKey[] }): readonly DnsRecord[] {
  const aliases =
    delegatedTo === undefined
      ? []
      : [...delegatedSelectors('rsa-sha256'), ...delegatedSelectors('ed25519-sha256')].map((selector) => ({
          purpose: `DKIM ${selector}`,
          zone: name,
          name: keyRecordName(selector, name),
          type: 'CNAME' as const,
          value: keyName({ selector }, { name, delegatedTo }),
          needed: keys.some((key) => key.selector === selector && key.state !== 'revoked'),
          note: 'Published once; keys change behind it.',
        }));
  return [
    ...aliases,
    ...keys.map((key) => ({
      purpose: `DKIM ${key.selector}`,
      zone: delegatedTo ?? name,
      name: keyName(key, { name, delegatedTo }),
      type: 'TXT' as const,
      value: key.state === 'revoked' ? 'v=DKIM1; p=' : formatKeyRecord(key),
      needed: key.state !== 'revoked',
      note: key.state === 'revoked' ? 'Revoked: publish it empty for a while, then remove it.' : undefined,
    })),
  ];
}

/** The SPF record of a domain that sends from here alone (RFC 7208). */
export function spfText({ hostname, addresses: named, added = [] }: Sources): string {
  const addresses = new Set([...named, ...added.flatMap((source) => source.addresses)]);
  // RFC 7208 §7.1: a name of one label would make the whole record wrong.
  const isNamed = named.length === 0 && hostname.includes('.') && !added.some(({ pool }) => pool === 'default');
  const byName = isNamed ? [`a:${hostname}`] : [];
  const mechanisms = [
    ...byName,
    ...[...addresses].map((address) => `${address.includes(':') ? 'ip6' : 'ip4'}:${address}`),
  ];
  return `v=spf1 ${mechanisms.length === 0 ? 'mx' : mechanisms.join(' ')} ~all`;
}

function spfRecord(name: string, sources: Sources): DnsRecord {
  return {
    purpose: 'SPF',
    zone: name,
    name,
    type: 'TXT',
    value: spfText(sources),
    needed: true,
    note: isKnown(sources)
      ? 'A domain has one SPF record: when there is one, add these mechanisms to it.'
      : 'It is not known from which addresses mail leaves: set POSTERN_SOURCE_ADDRESSES, or POSTERN_HOSTNAME to a name in the DNS, before you publish it.',
  };
}

/** Whether the record can say from where mail leaves. */
function isKnown({ hostname, addresses, added = [] }: Sources): boolean {
  return hostname.includes('.') || addresses.length > 0 || added.length > 0;
}

function dmarcRecord(name: string): DnsRecord {
  return {
    purpose: 'DMARC',
    zone: name,
    name: `_dmarc.${name}`,
    type: 'TXT',
    value: `v=DMARC1; p=none; rua=mailto:postmaster@${name}`,
    needed: true,
    note: 'Begin with p=none, read the reports, then go on to p=quarantine and p=reject.',
  };
}
