import { createSocket } from 'node:dgram';
import { relationOf } from '@postern/dns';
import type { Exchange, ExchangeOptions } from './exchange.ts';

/** So many messages that answer something else mean that somebody is guessing (RFC 5452 §9.2). */
const MAX_STRANGERS = 16;

/**
 * Sends a query over UDP and waits for its answer.
 *
 * Every query has a socket of its own, and so a port that nobody can know (RFC 5452 §9.2). The socket is connected: the
 * kernel lets in what comes from the server's address and port, and reports a port that is closed.
 */
export function exchangeUdp({ server, query, timeoutMs, signal }: ExchangeOptions): Promise<Exchange> {
  return new Promise((resolve) => {
    const socket = createSocket(server.address.includes(':') ? 'udp6' : 'udp4');
    let strangers = 0;
    const end = (exchange: Exchange): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.removeAllListeners();
      socket.on('error', () => undefined);
      socket.close();
      resolve(exchange);
    };
    const abort = (): void => end({ kind: 'failed', reason: 'unreachable' });
    const timer = setTimeout(() => end({ kind: 'failed', reason: 'timeout' }), timeoutMs);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort);
    socket.on('error', abort);
    socket.on('message', (message, from) => {
      const isServer = from.port === server.port;
      const relation = isServer ? relationOf(message, query) : 'stranger';
      if (relation === 'answer') {
        const truncated = ((message[2] ?? 0) & 0x02) !== 0;
        end(truncated ? { kind: 'ask-over-tcp' } : { kind: 'response', message });
      } else if (relation === 'other-case' || (strangers += 1) >= MAX_STRANGERS) end({ kind: 'ask-over-tcp' });
    });
    socket.connect(server.port, server.address, () => socket.send(query.octets));
  });
}
