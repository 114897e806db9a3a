import type { Configuration } from '@postern/configuration';

/** What our mail comes from, as the configuration says. */
export function sourcesOf({ hostname, sourceAddresses, bounceDomain }: Configuration) {
  return { hostname, addresses: sourceAddresses, bounceDomain };
}
