import type { AddressRecord, Answer, Resolver } from '@postern/dns';
import { type DaneFinding, judgeTlsa } from '@postern/tls-policy';

/**
 * What DANE says about one host (RFC 7672 §2.2).
 *
 * Nothing is asked about a host whose name or addresses are not authentic: a forger of those would forge the rest as well,
 * and name servers that choke on TLSA questions live in such zones (RFC 7672 §2.2.2). An answer that fails or is bogus
 * makes the host unusable for now; so does nothing else.
 */
export async function findDane(
  about: {
    readonly host: string;
    readonly addresses: Answer<AddressRecord>;
    /** Why the way to the host is not authentic; undefined when it is. */
    readonly insecure: string | undefined;
    /** Under which ports records are looked for, the first that has some counts. */
    readonly ports: readonly number[];
    /** The domain that the mail is for, where mail exchangers were looked up: a name that a certificate may have too. */
    readonly nextHopNames: readonly string[];
  },
  resolver: Pick<Resolver, 'tlsa' | 'cname'>,
): Promise<DaneFinding> {
  if (about.insecure !== undefined) return { kind: 'insecure', because: about.insecure };
  const bases = await baseDomains(about, resolver);
  if (!('names' in bases)) return bases;
  for (const baseDomain of bases.names) {
    for (const port of about.ports) {
      const name = `_${port}._tcp.${baseDomain}`;
      const answer = await resolver.tlsa(name);
      if (answer.kind === 'failed')
        return { kind: 'failed', because: `the TLSA records at ${name} could not be looked up (${answer.reason})` };
      if (answer.kind !== 'found' || !answer.authentic) continue;
      const { usable, unusable } = judgeTlsa(answer.records);
      if (usable.length === 0) return { kind: 'unusable', baseDomain, because: unusable.slice(0, 5).join('; ') };
      return { kind: 'usable', baseDomain, records: usable, names: [...new Set([baseDomain, ...about.nextHopNames])] };
    }
  }
  return { kind: 'none' };
}

/**
 * The names under which TLSA records may be: where aliases lead, if all of them are authentic, and the host's own name
 * (RFC 7672 §2.2.3). An alias that is authentic itself and leads out of what is signed leaves the host's own name.
 */
async function baseDomains(
  { host, addresses }: { readonly host: string; readonly addresses: Answer<AddressRecord> },
  resolver: Pick<Resolver, 'cname'>,
): Promise<{ readonly names: readonly string[] } | DaneFinding> {
  const own = host.toLowerCase().replace(/\.$/, '');
  if (addresses.kind === 'failed')
    return { kind: 'failed', because: `the addresses of ${host} could not be looked up (${addresses.reason})` };
  if (addresses.authentic) return { names: [...new Set([addresses.canonicalName, own])] };
  if (addresses.canonicalName !== own) {
    const alias = await resolver.cname(own);
    if (alias.kind === 'failed')
      return { kind: 'failed', because: `the alias ${host} could not be looked up (${alias.reason})` };
    if (alias.kind === 'found' && alias.authentic) return { names: [own] };
  }
  return { kind: 'insecure', because: `the addresses of ${host} are not authentic` };
}
