import { certificateNames, describeDemand } from '@postern/tls-policy';
import { channelAt, demandOf } from './channel.ts';
import type { Connected } from './connect.ts';
import type { NextHop } from './next-hop.ts';
import { recordChannel } from './record-channel.ts';

type Open = Extract<Connected, { kind: 'connected' }>;

/**
 * Whether mail for a hop may go over a connection that was opened for another: all that would be demanded of its host was
 * demanded, and nothing else. A certificate that was taken because it has the other domain's name proves nothing here.
 */
export function mayShare(open: Open, hop: NextHop): boolean {
  const channel = channelAt(hop.channel, open.connection.facts.host);
  if (open.channel.key !== channel.key) return false;
  const { demanded } = open.host;
  if (demanded.kind !== 'demand' || demanded.demand.kind !== 'dane' || open.channel.domain === channel.domain)
    return true;
  const { certificate } = open.connection.facts.tls ?? {};
  return (
    demanded.demand.records.every(({ usage }) => usage === 3) ||
    certificateNames(certificate?.names ?? [], demanded.demand.serverName)
  );
}

/** The connection as the mail of this hop sees it: its own policy, which demands the same. */
export function sharedWith(open: Open, hop: NextHop): Open {
  const channel = channelAt(hop.channel, open.connection.facts.host);
  if (open.channel.domain === channel.domain) return open;
  const demanded = demandOf(open.connection.facts.host, open.host.dane, channel);
  if (demanded.kind === 'refused') return open;
  const host = { ...open.host, demanded };
  const recorded = recordChannel(channel, host, open.connection.facts);
  return { ...open, policy: describeDemand(demanded.demand), channel, host, recorded };
}
