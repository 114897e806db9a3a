import type { Configuration } from '@postern/configuration';
import { Policies, type PolicyFetcher, type PolicyLog } from '@postern/destination-policy';
import { allowList, parseNetwork } from '@postern/dns';
import { createResolver, type DnsResolver } from '@postern/dns-resolver';
import { policyFetcher, reportPoster, trustedAuthorities } from '@postern/https-client';
import type { Store } from '@postern/prisma-store';
import type { PostReport } from '@postern/tls-reporting';

/** What mail reaches the outside through. */
export interface Reach {
  readonly resolver: DnsResolver;
  readonly policies: Policies;
  /** Fetches the policy file of a domain, whatever is kept of it. */
  readonly fetchPolicy: PolicyFetcher['fetch'];
  /** Whom mail hosts, policy hosts and smarthosts may have their certificates from, in PEM. */
  readonly authorities: readonly string[];
  readonly refuseAddress: (address: string) => string | undefined;
}

export function reach(configuration: Configuration, store: Pick<Store, 'tls'>, log: PolicyLog): Reach {
  const refuseAddress = refusing(configuration);
  const resolver = createResolver({ ...configuration.dns, log });
  const authorities = trustedAuthorities(configuration.tlsRootsFile);
  const fetcher = policyFetcher({ resolver, refuseAddress, ca: authorities, port: configuration.policyPort });
  const policies = new Policies({ resolver, store: store.tls, rules: store.tls, fetcher, log });
  return { resolver, policies, fetchPolicy: fetcher.fetch, authorities, refuseAddress };
}

/** Posts TLS reports, as guarded as everything else. */
export function reportPosterOf({ resolver, refuseAddress, authorities }: Reach): PostReport {
  return reportPoster({ resolver, refuseAddress, ca: authorities });
}

/** Fetches policy files of MTA-STS, for who has a resolver of its own. */
export function policyFetcherOf(
  configuration: Configuration,
  resolver: Pick<DnsResolver, 'addresses'>,
): PolicyFetcher['fetch'] {
  const refuseAddress = refusing(configuration);
  let fetcher: PolicyFetcher | undefined;
  return (domain) => {
    // The authorities are read when somebody asks for the first time, which few do.
    fetcher ??= policyFetcher({
      resolver,
      refuseAddress,
      ca: trustedAuthorities(configuration.tlsRootsFile),
      port: configuration.policyPort,
    });
    return fetcher.fetch(domain);
  };
}

function refusing({ allowSpecialAddresses }: Configuration): Reach['refuseAddress'] {
  const allowed = allowList(
    allowSpecialAddresses.flatMap((cidr) => {
      const reading = parseNetwork(cidr);
      return reading.kind === 'network' ? [reading.network] : [];
    }),
  );
  return (address) => allowed.refuses(address);
}
