import { formatIpv6 } from '@postern/smtp';
import { type Address, ipv4FromNumber, parseAddress } from './address.ts';

/** A range of addresses in CIDR notation (RFC 4632 §3.1, RFC 4291 §2.3). */
export interface Network {
  readonly family: 4 | 6;
  readonly prefix: bigint;
  readonly prefixBits: number;
  /** Canonical text: `192.0.2.0/24`, `2001:db8::/32`. A single address is a `/32` or `/128`. */
  readonly text: string;
}

export type NetworkReading =
  | { readonly kind: 'network'; readonly network: Network }
  /** `reason` is for the person who wrote it, and names the text. */
  | { readonly kind: 'invalid'; readonly reason: string };

/**
 * Reads a network as a person writes it: an address, or an address and the length of its prefix.
 *
 * Bits beyond the prefix are refused rather than dropped: whoever writes `10.1.2.3/8` may have meant `10.1.2.3`.
 * IPv4-mapped networks are IPv4 networks.
 */
export function parseNetwork(text: string): NetworkReading {
  const [addressText = '', lengthText, ...rest] = text.trim().split('/');
  const address = rest.length === 0 ? parseAddress(addressText) : undefined;
  if (!address || addressText.includes('%')) {
    return invalid(`"${text}" is not a network: write an address (192.0.2.1) or a CIDR (192.0.2.0/24, 2001:db8::/32)`);
  }
  const bits = address.family === 4 ? 32 : 128;
  const prefixBits = readLength(lengthText, { address, mapped: addressText.includes(':') && address.family === 4 });
  if (prefixBits === undefined) {
    return invalid(`"${text}" is not a network: the length of the prefix must be a number from 0 to ${bits}`);
  }
  const prefix = cut(address.value, bits, prefixBits);
  const network = {
    family: address.family,
    prefix,
    prefixBits,
    text: `${textOf(address.family, prefix)}/${prefixBits}`,
  };
  return prefix === address.value
    ? { kind: 'network', network }
    : invalid(
        `"${text}" has bits beyond its prefix: write ${network.text} for the network, or ${address.text} for the address`,
      );
}

/** Whether an address lies in a network. What is no address lies in none. */
export function contains(network: Network, address: string): boolean {
  const parsed = parseAddress(address);
  return parsed !== undefined && holds(network, parsed);
}

/** Whether a network holds an address. */
export function holds(network: Network, address: Address): boolean {
  if (network.family !== address.family) return false;
  return cut(address.value, network.family === 4 ? 32 : 128, network.prefixBits) === network.prefix;
}

function invalid(reason: string): NetworkReading {
  return { kind: 'invalid', reason };
}

function readLength(
  text: string | undefined,
  { address, mapped }: { address: Address; mapped: boolean },
): number | undefined {
  const bits = address.family === 4 ? 32 : 128;
  if (text === undefined) return bits;
  if (!/^(?:0|[1-9]\d{0,2})$/.test(text)) return undefined;
  const length = Number(text) - (mapped ? 96 : 0);
  return length >= 0 && length <= bits ? length : undefined;
}

function cut(value: bigint, bits: number, prefixBits: number): bigint {
  const hostBits = BigInt(bits - prefixBits);
  return (value >> hostBits) << hostBits;
}

function textOf(family: 4 | 6, value: bigint): string {
  if (family === 4) return ipv4FromNumber(value).text;
  return formatIpv6(Array.from({ length: 8 }, (_, index) => Number((value >> BigInt(112 - 16 * index)) & 0xffffn)));
}
