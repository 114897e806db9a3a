import type { Socket } from 'node:net';
import { readProxyHeader, type ProxyEnds } from './proxy-header.ts';

/** A balancer sends its header at once. */
const PATIENCE_MS = 5_000;

export type ProxyEnd =
  | { readonly kind: 'read'; readonly ends: ProxyEnds | undefined }
  | { readonly kind: 'refused'; readonly because: string };

/**
 * Waits for the header of a load balancer, bounded in time and size; what came behind it is the client's, and stays on the
 * socket for whoever reads it next.
 */
export function awaitProxyHeader(socket: Socket): Promise<ProxyEnd> {
  return new Promise((resolve) => {
    let octets: Buffer = Buffer.alloc(0);
    const end = (answer: ProxyEnd): void => {
      clearTimeout(timer);
      socket.off('data', more).off('close', closed).off('end', closed).pause();
      resolve(answer);
    };
    const more = (chunk: Buffer): void => {
      octets = octets.length === 0 ? chunk : Buffer.concat([octets, chunk]);
      const reading = readProxyHeader(octets);
      if (reading.kind === 'invalid') end({ kind: 'refused', because: reading.because });
      if (reading.kind !== 'read') return;
      end({ kind: 'read', ends: reading.ends });
      if (reading.rest.length > 0) socket.unshift(reading.rest);
    };
    const closed = (): void => end({ kind: 'refused', because: 'closed before its PROXY header' });
    const timer = setTimeout(() => end({ kind: 'refused', because: 'no PROXY header in time' }), PATIENCE_MS);
    socket.on('data', more).once('close', closed).once('end', closed);
  });
}
