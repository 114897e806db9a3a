import type { MailRoute } from '@postern/admin-contract';
import { mailHosts, parseAddress, type Resolver } from '@postern/dns';
import { type CheckLine, type CheckWorld, checkSources, sourceGroups } from '@postern/sending-domain';
import type { Machine } from '../ports/machine.ts';
import { about } from './machine-lines.ts';

/** Hosts and addresses that are dialled at most: somebody waits. */
const MAX_TRIES = 3;

const UNTRIED = 'Many providers block it until they are asked; then all mail stays queued';
const TRY = 'Try it with a domain that you write to: postern doctor --to example.com';

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
      'warn',
      'It was not tried: no sending domain is known whose mail hosts could be asked',
      UNTRIED,
      TRY,
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
  if (tried.length === 0) return [line, port('warn', `It was not tried: ${domain} has no mail host`, UNTRIED, TRY)];
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
      "Ask the provider of this machine to open it, or send through a smarthost: postern route add --name upstream --host H --port 587 --domain '*' …",
    );
  }
}

/**
 * The smarthost of the route that takes all mail, when there is one: then no mail host is dialled, and a provider that blocks the
 * port of mail does no harm. Undefined: mail goes to mail hosts.
 */
export async function smarthostLines(
  routes: readonly MailRoute[],
  { resolver, machine }: { readonly resolver: Resolver; readonly machine: Machine },
): Promise<readonly CheckLine[] | undefined> {
  const route = routes.find(({ domains, senderRules }) => domains.includes('*') && senderRules.length === 0);
  if (!route) return undefined;
  const { name, host, port } = route;
  const line = about('smarthost', `Smarthost ${host}:${port} (route ${name})`);
  const reachable = about('port', `Outbound port ${machine.deliveryPort}`)(
    'info',
    `It is not used: all mail takes the route ${name}`,
  );
  const stuck = 'All mail takes this route, and stays queued';
  const literal = parseAddress(host)?.text;
  const answer = literal === undefined ? await resolver.addresses(host) : undefined;
  if (answer && answer.kind !== 'found') {
    const remedy = `Mend the host of the route: postern route update ${name} --host`;
    return [line('fail', `${host} has no address that is known`, stuck, remedy), reachable];
  }
  const addresses = literal === undefined ? (answer?.records ?? []).map(({ address }) => address) : [literal];
  const tried: string[] = [];
  for (const address of addresses.slice(0, MAX_TRIES)) {
    const outcome = await machine.dial(address, port);
    if (outcome === 'open') return [line('pass', `${address} takes connections`), reachable];
    tried.push(`${address}: ${outcome}`);
  }
  const remedy = `See whether the host and the port are right and a firewall lets them through; then postern route test ${name}`;
  return [line('fail', tried.join(', '), stuck, remedy), reachable];
}

/** EHLO name and reverse DNS of the sources. Receivers may refuse for them, so they are told; mail goes out all the same. */
export async function sourceLines({
  sources,
  resolver,
}: Pick<CheckWorld, 'sources' | 'resolver'>): Promise<readonly CheckLine[]> {
  const lines = await checkSources(await sourceGroups(sources, resolver), resolver);
  return lines.map((line) => (['fail', 'unknown'].includes(line.status) ? { ...line, status: 'warn' } : line));
}
