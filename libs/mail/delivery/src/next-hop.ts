import { mailHosts, type MailHosts } from '@postern/dns';
import type { ClientCredentials } from '@postern/sasl';
import type { ChannelDemand } from '@postern/tls-policy';
import type { DeliveryContext, OutboundQueue } from './context.ts';
import { localReply, type NoSession } from './no-session.ts';
import type { Route } from './route.ts';

/** Where a delivery queue's mail goes: hosts in the order to try them, and how to speak with them. */
export interface NextHop {
  readonly hosts: readonly string[];
  readonly port: number;
  readonly implicitTls: boolean;
  readonly demand: (host: string) => ChannelDemand;
  readonly auth: ClientCredentials | undefined;
  /** An operator may point a route at any address; what the DNS of strangers says is checked (RFC 6890). */
  readonly addresses: 'any' | 'public';
}

export type FoundNextHop =
  { readonly kind: 'found'; readonly hop: NextHop } | { readonly kind: 'none'; readonly failure: NoSession };

/** The next hop of a queue, by the DNS of one of its domains or by its route. */
export async function findNextHop(
  queue: OutboundQueue,
  domain: string,
  context: DeliveryContext,
): Promise<FoundNextHop> {
  if (queue.kind === 'route') {
    const found = await context.routes.byQueue(queue.id);
    if (found.kind === 'route') return { kind: 'found', hop: byRoute(found.route) };
    const because = found.kind === 'gone' ? 'it was removed' : found.because;
    return none(localReply(451, '4.3.5', `The route ${queue.name} cannot be used: ${because}`));
  }
  const found = await mailHosts(domain, context.resolver, context.random);
  return found.kind === 'hosts' ? { kind: 'found', hop: bySite(found, context) } : none(whyNoHost(domain, found));
}

/** What a domain without mail hosts means for its recipients. */
export function whyNoHost(domain: string, found: Exclude<MailHosts, { kind: 'hosts' }>): NoSession['reply'] {
  switch (found.kind) {
    case 'null-mx':
      return localReply(556, '5.1.10', `${domain} takes no mail (it has a null MX record)`);
    case 'no-such-domain':
      return localReply(550, '5.1.2', `The domain ${domain} does not exist`);
    case 'no-mail-host':
      return localReply(550, '5.4.4', `${domain} has neither a mail host nor an address`);
    case 'deferred':
      // RFC 5321 §5.1: an answer that did not come says nothing about the domain.
      return localReply(451, '4.4.3', `The mail hosts of ${domain} could not be looked up (${found.reason})`);
  }
}

function none(reply: NoSession['reply']): FoundNextHop {
  return { kind: 'none', failure: { stage: 'resolve', reply, stepsMs: {} } };
}

function bySite(found: Extract<MailHosts, { kind: 'hosts' }>, context: DeliveryContext): NextHop {
  return {
    hosts: found.hosts.map((host) => host.name),
    port: context.settings.deliveryPort,
    implicitTls: false,
    // RFC 7435: some protection, where nothing better is published.
    demand: () => ({ kind: 'opportunistic' }),
    auth: undefined,
    addresses: 'public',
  };
}

function byRoute(route: Route): NextHop {
  return {
    hosts: [route.host],
    port: route.port,
    implicitTls: route.implicitTls,
    demand: (host) => routeDemand(route, host),
    auth: route.auth,
    addresses: 'any',
  };
}

function routeDemand(route: Route, host: string): ChannelDemand {
  const because = `route ${route.name}`;
  switch (route.tls) {
    case 'opportunistic':
      return { kind: 'opportunistic' };
    case 'require':
      return { kind: 'encrypted', because };
    case 'verify':
      return { kind: 'verified', names: [host], because };
  }
}
