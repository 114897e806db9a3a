import type { Socket } from 'node:net';
import type { ProxyEnds } from './proxy-header.ts';

/** Where a connection comes from and goes to, but for the client's address. */
export function endsOf(socket: Socket): Omit<ProxyEnds, 'address'> {
  return {
    port: socket.remotePort ?? 0,
    localAddress: plainAddress(socket.localAddress ?? ''),
    localPort: socket.localPort ?? 0,
  };
}

/** An IPv4 client of an IPv6 socket has its IPv4 address; a link-local address loses its zone. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
}
