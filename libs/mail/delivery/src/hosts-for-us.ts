import { beforeOurselves, type MailHosts, mailHosts } from '@postern/dns';
import type { DeliveryContext } from './context.ts';
import { localReply, type NoSession } from './no-session.ts';

/** The mail hosts of a domain that mail may go to from here; `ourselves`: none is better than we are. */
export type HostsForUs = MailHosts | { readonly kind: 'ourselves' };

/** The mail hosts of a domain by its DNS, without what stands behind ourselves. */
export async function findHosts(
  domain: string,
  { resolver, random, settings }: Pick<DeliveryContext, 'resolver' | 'random' | 'settings'>,
): Promise<HostsForUs> {
  return hostsForUs(await mailHosts(domain, resolver, random), settings.hostname);
}

/** Leaves out what stands behind ourselves among the mail hosts of a domain (RFC 5321 §5.1). */
export function hostsForUs(found: MailHosts, hostname: string): HostsForUs {
  if (found.kind !== 'hosts') return found;
  const hosts = beforeOurselves(found.hosts, [hostname]);
  return hosts.length === 0 ? { kind: 'ourselves' } : { ...found, hosts };
}

/** What a domain without mail hosts means for its recipients. */
export function whyNoHost(domain: string, found: Exclude<HostsForUs, { kind: 'hosts' }>): NoSession['reply'] {
  switch (found.kind) {
    case 'null-mx':
      return localReply(556, '5.1.10', `${domain} takes no mail (it has a null MX record)`);
    case 'no-such-domain':
      return localReply(550, '5.1.2', `The domain ${domain} does not exist`);
    case 'no-mail-host':
      return localReply(550, '5.4.4', `${domain} has neither a mail host nor an address`);
    case 'ourselves':
      return localReply(
        554,
        '5.4.6',
        `We are the mail host of ${domain} ourselves, and no route says where its mail goes`,
      );
    case 'deferred':
      // RFC 5321 §5.1: an answer that did not come says nothing about the domain.
      return localReply(451, '4.4.3', `The mail hosts of ${domain} could not be looked up (${found.reason})`);
  }
}
