import { parseAddress } from '@postern/dns';

/** Whom an address counts for: whoever holds one IPv6 address holds its /64. */
export function clientNetwork(address: string): string {
  const parsed = parseAddress(address);
  if (!parsed) return 'unknown';
  return parsed.family === 4 ? parsed.text : `${(parsed.value >> 64n).toString(16)}/64`;
}
