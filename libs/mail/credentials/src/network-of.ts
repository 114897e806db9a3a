import { parseAddress } from '@postern/dns';

/**
 * The network that an address counts for when clients are told apart by where they come from: the /24 of an IPv4 address,
 * the /64 of an IPv6 address, which is one site's (RFC 6177 §2).
 */
export function networkOf(address: string): string {
  const parsed = parseAddress(address);
  if (!parsed) return 'unknown';
  if (parsed.family === 4) return `${parsed.text.slice(0, parsed.text.lastIndexOf('.'))}.0/24`;
  return `${(parsed.value >> 64n).toString(16)}/64`;
}
