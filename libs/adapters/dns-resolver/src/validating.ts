import type { DnsResolver } from './create-resolver.ts';

/** Whether DANE can be: somebody who validates is asked, and believed. */
export interface ValidatingResolver {
  readonly believed: boolean;
  /** What is wrong, and how to mend it; or who is believed. */
  readonly because: string;
}

/**
 * Whether a validating resolver is asked and believed. The root's own records are signed, so a resolver that validates says so
 * of them (RFC 4035 §3.2.3); one that does not leaves DANE off (RFC 7672 §2.1.1).
 */
export async function hasValidatingResolver(
  resolver: Pick<DnsResolver, 'servers' | 'txt'>,
): Promise<ValidatingResolver> {
  const servers = await resolver.servers();
  const believed = servers.filter((server) => server.believed);
  if (believed.length === 0) {
    const asked = servers.map(({ address }) => address).join(', ') || 'no resolver';
    return {
      believed: false,
      because: `the AD bit of ${asked} is not believed: run a validating resolver on this machine and name it in POSTERN_DNS_SERVERS, or set POSTERN_DNS_TRUST_AD=yes if the way to it is safe`,
    };
  }
  const names = believed.map(({ address }) => address).join(', ');
  // Nobody has such a name, and a resolver that validates proves it: the root is signed.
  const answer = await resolver.txt('postern-dnssec-probe');
  if (answer.kind === 'failed')
    return { believed: false, because: `${names} does not answer questions about the root (${answer.reason})` };
  return answer.authentic
    ? { believed: true, because: `${names} validates` }
    : { believed: false, because: `${names} answers without the AD bit: it does not validate DNSSEC` };
}
