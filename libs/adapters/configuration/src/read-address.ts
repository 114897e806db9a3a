import { isIP } from 'node:net';
import { expected, ok, type Reader } from './reading.ts';

/** An address and a port; port 0 lets the system choose one. */
export interface SocketAddress {
  /** An IPv4 or IPv6 address, without brackets. */
  readonly address: string;
  readonly port: number;
}

/** `127.0.0.1:25` or `[::1]:25`, as one writes it. */
export function showAddress({ address, port }: SocketAddress): string {
  return isIP(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Listen addresses: `off` for none, or `address:port` and `[IPv6 address]:port`, comma-separated. */
export const listenAddresses: Reader<readonly SocketAddress[]> = (text) => {
  if (text.toLowerCase() === 'off') return ok([]);
  const addresses = text.split(',').map((each) => socketAddress(each.trim(), { needsPort: 'yes', minPort: 0 }));
  return addresses.every((each) => each !== undefined)
    ? ok(addresses)
    : expected('off, or address:port such as 127.0.0.1:2587, 0.0.0.0:587 or [::1]:2587, comma-separated');
};

/** Addresses of name servers: `ip` or `ip:port` (port 53 when left out), comma-separated. */
export const nameServers: Reader<readonly SocketAddress[]> = (text) => {
  const servers = text.split(',').map((each) => socketAddress(each.trim(), { needsPort: 'else 53', minPort: 1 }));
  return servers.every((each) => each !== undefined)
    ? ok(servers)
    : expected('ip or ip:port such as 127.0.0.1, 192.0.2.1:5353 or [::1]:53, comma-separated');
};

interface AddressForm {
  readonly needsPort: 'yes' | 'else 53';
  readonly minPort: 0 | 1;
}

function socketAddress(text: string, form: AddressForm): SocketAddress | undefined {
  if (form.needsPort === 'else 53' && isIP(text) !== 0) return { address: text.toLowerCase(), port: 53 };
  const match = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::([0-9]{1,5}))?$/.exec(text);
  if (!match) return undefined;
  const [, v6, v4, digits] = match;
  const address = v6 ?? v4 ?? '';
  if (isIP(address) !== (v6 === undefined ? 4 : 6) || address.includes('%')) return undefined;
  if (digits === undefined && form.needsPort === 'yes') return undefined;
  const port = digits === undefined ? 53 : Number(digits);
  return port >= form.minPort && port <= 65_535 ? { address: address.toLowerCase(), port } : undefined;
}
