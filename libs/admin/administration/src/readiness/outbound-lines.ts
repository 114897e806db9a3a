import { mailHosts, type Resolver } from '@postern/dns';
import { type CheckLine, type CheckWorld, checkSources, sourceAddresses } from '@postern/sending-domain';
import type { Machine } from '../ports/machine.ts';
import { about } from './machine-lines.ts';

/** Hosts and addresses that are dialled at most: somebody waits. */
const MAX_TRIES = 3;

/** Whether the DNS answers, and whether the mail hosts of one of the domains can be reached on the port of mail. */
export async function outboundLines(
  domains: readonly string[],
  { resolver, machine }: { readonly resolver: Resolver; readonly machine: Machine },
): Promise<readonly CheckLine[]> {
  const dns = about('dns', 'DNS');
  const port = about('port', `Outbound port ${machine.deliveryPort}`);
  const [domain] = domains;
  if (domain === undefined) {
    const root = await resolver.txt('postern-dnssec-probe');
    const untried = port(
      'info',
      'It was not tried: there is no sending domain yet whose mail hosts could be asked',
      undefined,
      'postern doctor --to example.com',
    );
    return [root.kind === 'failed' ? dead(root.reason) : dns('pass', 'the resolver answers'), untried];
  }
  const tried: string[] = [];
  let answered = false;
  for (const each of domains.slice(0, MAX_TRIES)) {
    const found = await mailHosts(each, resolver, Math.random);
    if (found.kind === 'deferred') continue;
    answered = true;
    if (found.kind !== 'hosts') continue;
    for (const host of found.hosts.slice(0, MAX_TRIES)) {
      const addresses = await resolver.addresses(host.name);
      if (addresses.kind !== 'found') continue;
      for (const { address } of addresses.records.slice(0, MAX_TRIES)) {
        const outcome = await machine.dial(address);
        if (outcome === 'open')
          return [dns('pass', 'the resolver answers'), port('pass', `${host.name} (${address}) takes connections`)];
        tried.push(`${host.name} (${address}): ${outcome}`);
      }
    }
  }
  if (!answered) return [dead('no answer'), port('unknown', 'No mail host could be looked up')];
  const line = dns('pass', 'the resolver answers');
  if (tried.length === 0)
    return [line, port('info', `${domain} has no mail host to try`, undefined, 'postern doctor --to example.com')];
  return [line, closed(tried)];

  function dead(reason: string): CheckLine {
    return dns(
      'fail',
      `The resolver does not answer (${reason})`,
      'No mail can be delivered: it stays queued',
      'Mend /etc/resolv.conf or POSTERN_DNS_SERVERS; a resolver on this machine (unbound) is best',
    );
  }

  function closed(hosts: readonly string[]): CheckLine {
    const found = hosts.slice(0, MAX_TRIES).join(', ');
    if (hosts.every((each) => each.endsWith('forbidden')))
      return port(
        'fail',
        found,
        'Mail to these hosts is never sent',
        'They are in special-use space: list their network in POSTERN_ALLOW_SPECIAL_ADDRESSES if that is meant',
      );
    return port(
      'fail',
      found,
      'Most providers block outbound port 25 until they are asked: all mail stays queued, and expires after 5 days',
      'Ask the provider to open it, or send through a smarthost: postern route add',
    );
  }
}

/** EHLO name and reverse DNS of the sources. Receivers may refuse for them, so they are told; mail goes out all the same. */
export async function sourceLines({
  sources,
  resolver,
}: Pick<CheckWorld, 'sources' | 'resolver'>): Promise<readonly CheckLine[]> {
  const addresses = await sourceAddresses(sources, resolver);
  const lines = await checkSources(sources.hostname, addresses, resolver);
  return lines.map((line) => (['fail', 'unknown'].includes(line.status) ? { ...line, status: 'warn' } : line));
}
