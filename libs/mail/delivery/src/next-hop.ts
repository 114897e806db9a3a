import type { MailHosts } from '@postern/dns';
import type { Source } from '@postern/pace';
import type { ClientCredentials } from '@postern/sasl';
import { addressLiteralOf } from '@postern/smtp';
import type { LocalDemand, SenderWish, StsFinding } from '@postern/tls-policy';
import { type HopChannel, hopChannel } from './channel.ts';
import type { DeliveryContext, OutboundQueue } from './context.ts';
import { findHosts, whyNoHost } from './hosts-for-us.ts';
import { localReply, type NoSession } from './no-session.ts';
import type { Route } from './route.ts';
import type { ChannelPolicies } from './policies.ts';
import { upstreamDown, upstreamsInOrder, upstreamUp } from './upstreams.ts';
import type { Upstream } from './route.ts';

/** Where a delivery queue's mail goes: hosts in the order to try them, and how to speak with them. */
export interface NextHop {
  readonly hosts: readonly string[];
  readonly port: number;
  readonly implicitTls: boolean;
  /** What its hosts must prove. */
  readonly channel: HopChannel;
  readonly auth: ClientCredentials | undefined;
  /** What we show in TLS. */
  readonly clientCertificate?: string | undefined;
  /** What is different for single hosts. */
  readonly upstreams?: ReadonlyMap<string, Pick<Upstream, 'port' | 'implicitTls'>>;
  /** Hears how a host was found. */
  readonly note?: (host: string, found: { readonly ok: boolean; readonly text: string }) => void;
  /** From where it is dialled; the system's choice when not given. */
  readonly source?: Source;
  /** An operator may point a route at any address; what the DNS of strangers says is checked (RFC 6890). */
  readonly addresses: 'any' | 'public';
}

export type FoundNextHop =
  | { readonly kind: 'found'; readonly hop: NextHop }
  | { readonly kind: 'none'; readonly failure: NoSession }
  /** It goes nowhere, and counts as delivered. */
  | { readonly kind: 'discarded'; readonly reply: NoSession['reply'] }
  /** Its policy must be fetched first, and nobody else's mail waits for that. */
  | { readonly kind: 'policy unknown' };

/** For which mail a next hop is looked for. */
export interface HopAbout {
  readonly domain: string;
  readonly wish: SenderWish;
  readonly credentialId: string | undefined;
}

/** The next hop of a queue, by the DNS of one of its domains or by its route. */
export async function findNextHop(
  queue: OutboundQueue,
  about: HopAbout,
  context: DeliveryContext,
): Promise<FoundNextHop> {
  const { domain } = about;
  if (queue.kind === 'route') {
    const found = await context.routes.byQueue(queue.id);
    if (found.kind === 'route') return byRoute(found.route, about, context);
    const because = found.kind === 'gone' ? 'it was removed' : found.because;
    return none(localReply(451, '4.3.5', `The route ${queue.name} cannot be used: ${because}`));
  }
  const [found, sts, local] = await Promise.all([
    findHosts(domain, context),
    context.policies.sts(domain),
    context.policies.local({ domain, route: undefined, credentialId: about.credentialId }),
  ]);
  if (found.kind !== 'hosts') return none(whyNoHost(domain, found));
  return sts === undefined
    ? { kind: 'policy unknown' }
    : { kind: 'found', hop: siteHop(found, { ...about, sts, local }, context.settings.deliveryPort) };
}

function none(reply: NoSession['reply']): FoundNextHop {
  return { kind: 'none', failure: { stage: 'resolve', reply, stepsMs: {} } };
}

/** The mail hosts of a domain, as its DNS has them. */
export function siteHop(
  found: Extract<MailHosts, { kind: 'hosts' }>,
  about: HopAbout & { readonly sts: StsFinding; readonly local: LocalDemand },
  port: number,
): NextHop {
  const { domain, wish, sts, local } = about;
  const hosts = found.hosts.map((host) => host.name);
  return {
    hosts,
    port,
    implicitTls: false,
    channel: hopChannel(hosts, {
      domain,
      insecure: found.authentic ? undefined : `the MX records of ${domain} are not authentic`,
      // The port of mail hosts is 25, whatever the laboratory puts in its place.
      tlsaPorts: [...new Set([port, 25])],
      nextHopNames: [domain],
      sts,
      local,
      wish,
    }),
    auth: undefined,
    addresses: 'public',
  };
}

async function byRoute(given: Route, about: HopAbout, context: DeliveryContext): Promise<FoundNextHop> {
  const { name, kind } = given;
  if (kind === 'discard')
    return { kind: 'discarded', reply: localReply(250, '2.0.0', `Discarded by the route ${name}`) };
  if (kind === 'fail') return none(localReply(550, '5.7.1', `Refused by the route ${name}`));
  const route = { ...given, upstreams: upstreamsInOrder(given, context) };
  // All mail by a route has the same next hops, and waits for the same policies.
  const stsOf = await upstreamPolicies(route, context.policies);
  if (!(stsOf instanceof Map))
    return none(localReply(451, '4.7.5', `The MTA-STS policy of ${stsOf} could not be looked up yet`));
  const { domain, credentialId } = about;
  const local = await context.policies.local({ domain, route: name, credentialId });
  const hop = routeHop(route, { ...about, stsOf, local });
  const note: NextHop['note'] = (host, found) => {
    const upstream = route.upstreams.find((each) => each.host === host);
    if (!upstream) return;
    if (found.ok) upstreamUp(route, upstream);
    else upstreamDown(route, upstream, context.clock.monotonicMs());
    context.routes.noteUpstream?.(route, upstream, found);
  };
  return { kind: 'found', hop: { ...hop, note } };
}

/** The mail hosts of a route are named by an operator, and so beyond doubt; the policies are their own (RFC 8461 §3.4). */
export function routeHop(
  route: Route,
  about: HopAbout & { readonly stsOf: ReadonlyMap<string, StsFinding>; readonly local: LocalDemand },
): NextHop {
  const { upstreams, auth, clientCertificate, name } = route;
  const hosts = upstreams.map(({ host }) => host);
  const [first] = upstreams;
  const channel = hopChannel(hosts, {
    domain: first?.host ?? name,
    insecure: undefined,
    tlsaPorts: [...new Set(upstreams.map(({ port }) => port))],
    nextHopNames: [],
    sts: (first && about.stsOf.get(first.host)) ?? NO_POLICY,
    stsOf: about.stsOf,
    local: routeDemand(route, about.local),
    wish: about.wish,
  });
  return {
    hosts,
    port: first?.port ?? 0,
    implicitTls: first?.implicitTls ?? false,
    upstreams: new Map(upstreams.map((each) => [each.host, each])),
    channel,
    auth,
    clientCertificate,
    addresses: 'any',
  };
}

/** The MTA-STS policies of a route's smarthosts, each of which is a next hop (RFC 8461 §3.4); or the one that cannot be asked now. */
export async function upstreamPolicies(
  { upstreams }: Pick<Route, 'upstreams'>,
  policies: Pick<ChannelPolicies, 'find'>,
): Promise<Map<string, StsFinding> | string> {
  const found = new Map<string, StsFinding>();
  const hosts = [...new Set(upstreams.map(({ host }) => host))].toSorted();
  const all = await Promise.all(hosts.map((host) => (addressLiteralOf(host) ? NO_POLICY : policies.find(host))));
  for (const [index, host] of hosts.entries()) {
    const sts = all[index];
    if (sts === undefined) return host;
    found.set(host, sts);
  }
  return found;
}

const NO_POLICY: StsFinding = { kind: 'none', because: 'an address has no policy' };

/** The route's own demand with those of the local rules, the stricter of both. */
function routeDemand(route: Route, local: LocalDemand): LocalDemand {
  const own = ROUTE_CHANNELS[route.tls];
  if (STRICTNESS.indexOf(own) <= STRICTNESS.indexOf(local.channel)) return local;
  return { ...local, channel: own, because: `route ${route.name}` };
}

const ROUTE_CHANNELS = {
  opportunistic: 'none',
  require: 'encrypted',
  verify: 'verified',
  dane: 'dane',
} as const satisfies Record<Route['tls'], LocalDemand['channel']>;
const STRICTNESS: readonly LocalDemand['channel'][] = ['none', 'encrypted', 'verified', 'dane'];
