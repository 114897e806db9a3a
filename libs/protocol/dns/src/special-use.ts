import { type Address, ipv4FromNumber, parseAddress } from './address.ts';
import { holds, type Network, parseNetwork } from './network.ts';

/** Why an address is not one of the public Internet: the name of its range in the IANA registries. */
export type SpecialUse = string;

/**
 * Why mail must not be sent to an address that the DNS of strangers gave us; undefined for one of the public Internet.
 *
 * The ranges are those of the IANA IPv4 and IPv6 special-purpose address registries (RFC 6890, RFC 8190) that are not
 * globally reachable, with multicast and what is reserved. An address that carries an IPv4 address (IPv4-mapped, NAT64, 6to4)
 * is as special as that one: packets to it end there. What is no address at all is refused.
 */
export function specialUse(address: string): SpecialUse | undefined {
  const parsed = parseAddress(address);
  return parsed ? special(parsed) : 'not an address';
}

/** Networks that may be reached although they are special. */
export interface AllowList {
  /** Why an address must not be reached, or undefined when it may. */
  refuses(address: string): SpecialUse | undefined;
}

/** Lets addresses of these networks be reached, and everything that is not special. */
export function allowList(networks: readonly Network[]): AllowList {
  return {
    refuses(address) {
      const parsed = parseAddress(address);
      if (!parsed) return 'not an address';
      return networks.some((network) => holds(network, parsed)) ? undefined : special(parsed);
    },
  };
}

function special(address: Address): SpecialUse | undefined {
  const table = address.family === 4 ? IPV4 : IPV6;
  const range = table.find(([network]) => holds(network, address));
  if (range) return range[1];
  if (address.family === 4) return undefined;
  const carried = carriedIpv4(address);
  if (carried) return prefixed(address, special(carried));
  // RFC 4291 §2.4: all of global unicast has been given out from here; the rest is reserved.
  return holds(GLOBAL_UNICAST, address) ? undefined : 'reserved';
}

/** The IPv4 address at which packets to a NAT64 (RFC 6052 §2.1) or 6to4 (RFC 3056 §2) address arrive. */
function carriedIpv4(address: Address): Address | undefined {
  if (holds(NAT64, address)) return ipv4FromNumber(address.value & 0xffff_ffffn);
  if (holds(SIX_TO_FOUR, address)) return ipv4FromNumber((address.value >> 80n) & 0xffff_ffffn);
  return undefined;
}

function prefixed(address: Address, use: SpecialUse | undefined): SpecialUse | undefined {
  return use && `${use} by ${holds(NAT64, address) ? 'NAT64' : '6to4'}`;
}

function known(text: string): Network {
  const reading = parseNetwork(text);
  if (reading.kind === 'invalid') throw new Error(reading.reason);
  return reading.network;
}

const NAT64 = known('64:ff9b::/96');
const SIX_TO_FOUR = known('2002::/16');
const GLOBAL_UNICAST = known('2000::/3');

const IPV4 = ranges({
  '0.0.0.0/8': 'unspecified', // RFC 791 §3.2: "this network"; 0.0.0.0 reaches this host
  '10.0.0.0/8': 'private use', // RFC 1918
  '100.64.0.0/10': 'shared address space', // RFC 6598
  '127.0.0.0/8': 'loopback', // RFC 1122 §3.2.1.3
  '169.254.0.0/16': 'link local', // RFC 3927
  '172.16.0.0/12': 'private use', // RFC 1918
  '192.0.0.0/24': 'IETF protocol assignments', // RFC 6890 §2.1
  '192.0.2.0/24': 'documentation', // RFC 5737
  '192.88.99.0/24': '6to4 relay anycast', // RFC 7526
  '192.168.0.0/16': 'private use', // RFC 1918
  '198.18.0.0/15': 'benchmarking', // RFC 2544
  '198.51.100.0/24': 'documentation', // RFC 5737
  '203.0.113.0/24': 'documentation', // RFC 5737
  '224.0.0.0/4': 'multicast', // RFC 5771
  '255.255.255.255/32': 'limited broadcast', // RFC 919 §7
  '240.0.0.0/4': 'reserved', // RFC 1112 §4
});

const IPV6 = ranges({
  '::/128': 'unspecified', // RFC 4291 §2.5.2
  '::1/128': 'loopback', // RFC 4291 §2.5.3
  '64:ff9b:1::/48': 'local-use NAT64', // RFC 8215
  '100::/64': 'discard only', // RFC 6666
  '2001::/32': 'Teredo', // RFC 4380
  '2001:db8::/32': 'documentation', // RFC 3849
  '2001::/23': 'IETF protocol assignments', // RFC 2928
  '3fff::/20': 'documentation', // RFC 9637
  '5f00::/16': 'segment routing', // RFC 9602
  'fc00::/7': 'unique local', // RFC 4193
  'fe80::/10': 'link local', // RFC 4291 §2.5.6
  'fec0::/10': 'site local', // RFC 3879
  'ff00::/8': 'multicast', // RFC 4291 §2.7
});

function ranges(table: Readonly<Record<string, SpecialUse>>): readonly (readonly [Network, SpecialUse])[] {
  return Object.entries(table).map(([text, use]) => [known(text), use] as const);
}
