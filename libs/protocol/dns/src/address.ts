import { formatIpv6, parseIpv4, parseIpv6 } from '@postern/smtp';

/** An IP address as a number, for comparing it with networks. */
export interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
  /** Canonical text: dotted decimal, or RFC 5952. */
  readonly text: string;
}

/**
 * Reads an IP address as the DNS, a person or the operating system writes it; undefined when it is none.
 *
 * An IPv4-mapped address (`::ffff:192.0.2.1`, RFC 4291 §2.5.5.2) is the IPv4 address: a dual-stack socket reports its IPv4
 * clients so, and connecting to it connects to IPv4. A zone (`fe80::1%eth0`) is dropped. `0x7f.1`, `127.1` and `010.0.0.1`
 * are no addresses: others read them as loopback.
 */
export function parseAddress(text: string): Address | undefined {
  if (!text.includes(':')) {
    const octets = parseIpv4(text);
    return octets && ipv4(octets);
  }
  const groups = parseIpv6(text.replace(/%[\w.-]{1,32}$/, ''));
  if (!groups) return undefined;
  const value = groups.reduce((sum, group) => (sum << 16n) | BigInt(group), 0n);
  if (value >> 32n === MAPPED) return ipv4FromNumber(value & 0xffff_ffffn);
  return { family: 6, value, text: formatIpv6(groups) };
}

/** The IPv4 address of a 32-bit number. */
export function ipv4FromNumber(value: bigint): Address {
  const number = Number(value);
  return ipv4([24, 16, 8, 0].map((shift) => (number >>> shift) & 255));
}

const MAPPED = 0xffffn;

function ipv4(octets: readonly number[]): Address {
  const value = BigInt(octets.reduce((sum, octet) => sum * 256 + octet, 0));
  return { family: 4, value, text: octets.join('.') };
}
