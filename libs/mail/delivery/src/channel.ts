import type { AddressRecord, Answer, Resolver } from '@postern/dns';
import { findDane } from '@postern/destination-policy';
import type { ClaimedMessage } from '@postern/queue';
import {
  type DaneFinding,
  type HostDemand,
  hostDemand,
  type LocalDemand,
  namesHost,
  type SenderWish,
  type StsFinding,
} from '@postern/tls-policy';

/** What policies say about the way to a next hop, before its hosts are looked at. */
export interface HopChannel {
  /** Whose policy it is: the recipients' domain, or a smarthost's (RFC 8461 §3.4). */
  readonly domain: string;
  /** Why the way to the hosts is not authentic; undefined when it is (RFC 7672 §2.2.1). */
  readonly insecure: string | undefined;
  /** Under which ports TLSA records are. */
  readonly tlsaPorts: readonly number[];
  /** Names that a certificate under DANE-TA may have beside the host's (RFC 7672 §3.2.2). */
  readonly nextHopNames: readonly string[];
  readonly sts: StsFinding;
  /** Where each host is a next hop of its own, as the smarthosts of a route are: the policy of each (RFC 8461 §3.4). */
  readonly stsOf?: ReadonlyMap<string, StsFinding>;
  readonly local: LocalDemand;
  readonly wish: SenderWish;
  /** Next hops of one key have the same hosts and demand the same of each of their hosts, but for the names that DANE-TA allows a certificate. */
  readonly key: string;
}

/** The channel of a hop, with its key. */
export function hopChannel(hosts: readonly string[], about: Omit<HopChannel, 'key'>): HopChannel {
  const { insecure, sts, stsOf, local, wish } = about;
  const key = JSON.stringify([
    // A provider's domains share a site, and have hosts of their own.
    hosts.toSorted(),
    insecure === undefined ? 'authentic' : 'insecure',
    stsOf ? [...stsOf].map(([host, each]) => [host, demandOfSts(each, [host])]) : demandOfSts(sts, hosts),
    [local.channel, local.minVersion, local.ciphers, local.expired, demandsNothing(local) ? '' : local.because],
    wish,
  ]);
  return { ...about, key };
}

function demandOfSts(sts: StsFinding, hosts: readonly string[]): unknown {
  if (sts.kind === 'none' || sts.policy.mode === 'none') return 'no policy';
  return [sts.policy.mode, hosts.filter((host) => namesHost(sts.policy, host)).toSorted()];
}

/** The channel of a hop as it is for one of its hosts: that of a smarthost has a policy of its own. */
export function channelAt(channel: HopChannel, host: string): HopChannel {
  const sts = channel.stsOf?.get(host);
  return sts ? { ...channel, domain: host, sts } : channel;
}

function demandsNothing({ channel, minVersion, ciphers }: LocalDemand): boolean {
  return channel === 'none' && minVersion === undefined && ciphers === undefined;
}

/** What the sender wants of the channel. */
export function wishOf(message: ClaimedMessage & { readonly requireTls?: boolean | undefined }): SenderWish {
  if (message.requireTls === undefined) return 'none';
  return message.requireTls ? 'requiretls' : 'tls-optional';
}

/** What was found about one host, and so what it must prove. */
export interface HostChannel {
  readonly dane: DaneFinding;
  readonly demanded: HostDemand;
}

/** Looks at a host by DANE where that may apply, and brings everything together. */
export async function hostChannel(
  host: string,
  addresses: Answer<AddressRecord>,
  channel: HopChannel,
  resolver: Resolver,
): Promise<HostChannel> {
  const { insecure, tlsaPorts, nextHopNames } = channel;
  const dane = await findDane({ host, addresses, insecure, ports: tlsaPorts, nextHopNames }, resolver);
  return { dane, demanded: demandOf(host, dane, channel) };
}

/** What a host must prove for mail of this channel. */
export function demandOf(host: string, dane: DaneFinding, channel: HopChannel): HostDemand {
  const { domain, sts, local, wish, insecure } = channel;
  return hostDemand({ domain, host, hostAuthentic: insecure === undefined, dane, sts, local, wish });
}
