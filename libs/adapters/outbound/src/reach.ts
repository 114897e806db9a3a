import type { Configuration } from '@postern/configuration';
import { Policies, type PolicyLog } from '@postern/destination-policy';
import { allowList, parseNetwork } from '@postern/dns';
import { createResolver, type DnsResolver } from '@postern/dns-resolver';
import { policyFetcher, reportPoster, trustedAuthorities } from '@postern/https-client';
import type { Store } from '@postern/prisma-store';
import type { PostReport } from '@postern/tls-reporting';

/** What mail reaches the outside through. */
export interface Reach {
  readonly resolver: DnsResolver;
  readonly policies: Policies;
  /** Whom mail hosts, policy hosts and smarthosts may have their certificates from, in PEM. */
  readonly authorities: readonly string[];
  readonly refuseAddress: (address: string) => string | undefined;
}

export function reach(configuration: Configuration, store: Pick<Store, 'tls'>, log: PolicyLog): Reach {
  const allowed = allowList(
    configuration.allowSpecialAddresses.flatMap((cidr) => {
      const reading = parseNetwork(cidr);
      return reading.kind === 'network' ? [reading.network] : [];
    }),
  );
  const refuseAddress = (address: string) => allowed.refuses(address);
  const resolver = createResolver({ ...configuration.dns, log });
  const authorities = trustedAuthorities(configuration.tlsRootsFile);
  const fetcher = policyFetcher({ resolver, refuseAddress, ca: authorities, port: configuration.policyPort });
  const policies = new Policies({ resolver, store: store.tls, rules: store.tls, fetcher, log });
  return { resolver, policies, authorities, refuseAddress };
}

/** Posts TLS reports, as guarded as everything else. */
export function reportPosterOf({ resolver, refuseAddress, authorities }: Reach): PostReport {
  return reportPoster({ resolver, refuseAddress, ca: authorities });
}
