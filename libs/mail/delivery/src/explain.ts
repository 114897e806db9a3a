import { type Answer, type AddressRecord, hostAddresses, mailHosts, type Resolver } from '@postern/dns';
import { addressLiteralOf } from '@postern/smtp';
import type { Dialer } from '@postern/smtp-client';
import { describeDemand, type LocalDemand, namesHost, showTlsa, type StsFinding } from '@postern/tls-policy';
import { channelAt, hostChannel, type HostChannel } from './channel.ts';
import { hostsForUs, whyNoHost } from './hosts-for-us.ts';
import { type NextHop, routeHop, siteHop, upstreamPolicies } from './next-hop.ts';
import type { ChannelPolicies } from './policies.ts';
import { recordChannel, type Shown } from './record-channel.ts';
import type { Route } from './route.ts';

/** What an explanation reaches the world through. */
export interface ExplainContext {
  readonly resolver: Resolver;
  readonly dialer: Dialer;
  readonly policies: ChannelPolicies;
  readonly refuseAddress: (address: string) => string | undefined;
  readonly deliveryPort: number;
  /** The name of this gateway, which may be among the mail hosts of a domain. */
  readonly hostname: string;
  readonly now: () => Date;
  readonly random: () => number;
  readonly dnssec: { readonly believed: boolean; readonly because: string };
}

/** How many hosts are spoken with, and for how long. */
const MAX_HOSTS = 10;
const DEADLINE_MS = 45_000;

export type Explanation = Awaited<ReturnType<typeof explainDelivery>>;

/**
 * What a delivery to a domain would have to prove right now, and why, and what its hosts prove: everything is looked up and
 * every host spoken with as a delivery would, up to the point where it would send.
 */
export async function explainDelivery(domain: string, route: Route | undefined, context: ExplainContext) {
  const [dns, sts, asked, local] = await Promise.all([
    route ? undefined : mailHosts(domain, context.resolver, context.random),
    route || addressLiteralOf(domain) ? undefined : context.policies.find(domain),
    route && upstreamPolicies(route, context.policies),
    context.policies.local({ domain, route: route?.name, credentialId: undefined }),
  ]);
  const found = dns && hostsForUs(dns, context.hostname);
  const stsOf = asked instanceof Map ? asked : new Map<string, StsFinding>();
  // A smarthost's policy is its own (RFC 8461 §3.4); what is shown for the route is that of the first.
  const ofRoute = route?.upstreams[0] && stsOf.get(route.upstreams[0].host);
  const finding: StsFinding = (route ? ofRoute : sts) ?? { kind: 'none', because: 'an address has no policy' };
  const common = { domain, at: context.now().toISOString(), route: route?.name ?? null, dnssec: { ...context.dnssec } };
  if (found && found.kind !== 'hosts') {
    const because = whyNoHost(domain, found).text;
    return {
      ...common,
      verdict: 'fail' as const,
      summary: because,
      mailHosts: { authentic: false, because },
      mtaSts: stsWords(finding),
      local: localWords(local),
      hosts: [],
    };
  }
  const about = { domain, wish: 'none', credentialId: undefined, sts: finding, local } as const;
  const hop = route ? routeHop(route, { ...about, stsOf }) : siteHop(found ?? NO_HOSTS, about, context.deliveryPort);
  const signal = AbortSignal.timeout(DEADLINE_MS);
  const hosts = await Promise.all(
    hop.hosts.slice(0, MAX_HOSTS).map((host) => explainHost(host, hop, { ...context, signal })),
  );
  const passing = hosts.filter(({ proved }) => proved?.verdict === 'pass').length;
  const verdict = passing === 0 ? ('fail' as const) : passing === hosts.length ? ('pass' as const) : ('some' as const);
  const { insecure } = hop.channel;
  return {
    ...common,
    verdict,
    summary: summaryOf(hosts, passing),
    mailHosts: {
      authentic: insecure === undefined,
      because: insecure ?? (route ? 'an operator named the smarthost' : 'the MX records are authentic'),
    },
    mtaSts: stsWords(finding),
    local: localWords(hop.channel.local),
    hosts,
  };
}

const NO_HOSTS = { kind: 'hosts', hosts: [], authentic: false, ttlSeconds: 0 } as const;

type ExplainedHost = Awaited<ReturnType<typeof explainHost>>;

function summaryOf(hosts: readonly ExplainedHost[], passing: number): string {
  const policies = [...new Set(hosts.map(({ mustProve }) => mustProve.policy))].filter((each) => each !== 'none');
  const demanded =
    policies.length === 0
      ? 'No policy demands anything: TLS is used where it is offered'
      : `Demanded by ${policies.join(', ')}`;
  return `${demanded}; ${passing} of ${hosts.length} mail hosts would get mail now`;
}

async function explainHost(host: string, hop: NextHop, context: ExplainContext & { readonly signal: AbortSignal }) {
  const addresses = await hostAddresses(addressLiteralOf(host) ?? host, context.resolver, context.random);
  const own = { ...hop, channel: channelAt(hop.channel, host) };
  const channel = await hostChannel(host, addresses, own.channel, context.resolver);
  const { sts } = own.channel;
  const { demanded } = channel;
  return {
    host,
    addresses: addresses.kind === 'found' ? addresses.records.map(({ address }) => address) : [],
    dane: daneWords(channel.dane),
    namedByMtaSts: sts.kind === 'policy' && sts.policy.mode !== 'none' ? namesHost(sts.policy, host) : null,
    mustProve: {
      demand: demanded.kind === 'refused' ? 'no delivery' : demanded.demand.kind,
      policy: demanded.applied,
      because: demanded.kind === 'refused' ? demanded.failure.because : describeDemand(demanded.demand),
    },
    proved: await prove(host, addresses, { hop: own, channel, context }),
  };
}

async function prove(
  host: string,
  addresses: Answer<AddressRecord>,
  about: {
    readonly hop: NextHop;
    readonly channel: HostChannel;
    readonly context: ExplainContext & { readonly signal: AbortSignal };
  },
) {
  const { hop, channel, context } = about;
  const { demanded } = channel;
  if (demanded.kind === 'refused' || addresses.kind !== 'found') return null;
  let last: ReturnType<typeof provedBy> | null = null;
  for (const { address } of addresses.records.slice(0, 2)) {
    const refused = hop.addresses === 'public' ? context.refuseAddress(address) : undefined;
    if (refused !== undefined) {
      last = provedBy(address, { fault: `the address is ${refused}: mail is not delivered there` }, hop, channel);
      continue;
    }
    const { port, implicitTls } = hop.upstreams?.get(host) ?? hop;
    const end = await context.dialer.dial({
      host,
      address,
      port,
      implicitTls,
      demand: demanded.demand,
      signal: context.signal,
    });
    if (end.kind === 'connected') {
      const { facts } = end.connection;
      await end.connection.close();
      return provedBy(address, facts, hop, channel);
    }
    const { tls, tlsFailure, fault } = end.refusal;
    last = provedBy(address, { tls, tlsFailure, fault: fault.reason }, hop, channel);
    if (tls || tlsFailure) return last;
  }
  return last;
}

function provedBy(address: string, shown: Shown & { readonly fault?: string }, hop: NextHop, channel: HostChannel) {
  const recorded = recordChannel(hop.channel, channel, shown);
  const { tls, fault } = shown;
  return {
    address,
    verdict: fault === undefined ? (recorded?.verdict ?? ('pass' as const)) : ('fail' as const),
    resultType: recorded?.resultType ?? shown.tlsFailure?.resultType ?? null,
    because: fault ?? recorded?.because ?? shown.tlsFailure?.because ?? 'in clear',
    tls: tls ? { protocol: tls.protocol, cipher: tls.cipher } : null,
    certificate: recorded?.certificate ? { ...recorded.certificate, names: [...recorded.certificate.names] } : null,
  };
}

function daneWords(dane: HostChannel['dane']) {
  return {
    kind: dane.kind,
    because:
      dane.kind === 'none'
        ? 'it has no TLSA records'
        : dane.kind === 'usable'
          ? `TLSA records of ${dane.baseDomain}`
          : dane.because,
    baseDomain: 'baseDomain' in dane ? dane.baseDomain : null,
    records: dane.kind === 'usable' ? dane.records.map(showTlsa) : [],
  };
}

function stsWords(sts: StsFinding) {
  if (sts.kind === 'none')
    return {
      mode: null,
      id: null,
      mx: [],
      fetchedAt: null,
      expiresAt: null,
      because: sts.failure?.because ?? sts.because,
    };
  const { policy, id, fetchedAt, expiresAt, failure } = sts;
  return {
    mode: policy.mode,
    id,
    mx: [...policy.mx],
    fetchedAt: fetchedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    because: failure?.because ?? null,
  };
}

function localWords({ channel, minVersion, ciphers = [], expired, because }: LocalDemand) {
  return { channel, minVersion: minVersion ?? null, ciphers: [...ciphers], expired: expired !== undefined, because };
}
