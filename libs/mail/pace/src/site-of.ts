import { type MailHost, siteKey } from '@postern/dns';
import { providerOfHosts } from './providers.ts';

/**
 * The site of mail hosts: `provider:microsoft` for the hosts of a provider that gives each of its domains hosts of their
 * own names, else the hosts themselves. All domains of a site share one queue, its lanes and its limits.
 */
export function siteOf(hosts: readonly MailHost[]): string {
  const provider = providerOfHosts(hosts.map(({ name }) => name));
  return provider ? `provider:${provider.name}` : siteKey(hosts);
}
