import { formatIpv6, parseIpv4, parseIpv6 } from './ip-address.ts';

declare const addressLiteralBrand: unique symbol;

/** An address literal with its brackets, in canonical form: `[192.0.2.1]`, `[IPv6:2001:db8::1]` (RFC 5321 §4.1.3). */
export type AddressLiteral = string & { readonly [addressLiteralBrand]: true };

/** Reads an address literal with its brackets; undefined when it is none. Literals of other kinds are refused: nobody has defined one. */
export function parseAddressLiteral(text: string): AddressLiteral | undefined {
  if (!text.startsWith('[') || !text.endsWith(']') || text.length > 53) return undefined;
  const inner = text.slice(1, -1);
  if (/^ipv6:/i.test(inner)) {
    const groups = parseIpv6(inner.slice(5));
    return groups ? brand(`[IPv6:${formatIpv6(groups)}]`) : undefined;
  }
  return parseIpv4(inner) ? brand(text) : undefined;
}

/** The address literal of an IP address as the operating system writes it; undefined when it is none. */
export function addressLiteralOf(address: string): AddressLiteral | undefined {
  return parseAddressLiteral(address.includes(':') ? `[IPv6:${address}]` : `[${address}]`);
}

/** The address inside a literal: `192.0.2.1`, `2001:db8::1`. */
export function addressInLiteral(literal: AddressLiteral): string {
  return literal.startsWith('[IPv6:') ? literal.slice(6, -1) : literal.slice(1, -1);
}

function brand(canonical: string): AddressLiteral {
  return canonical as AddressLiteral;
}
