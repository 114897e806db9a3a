import { connect } from 'node:net';
import { relationOf } from '@postern/dns';
import type { Exchange, ExchangeOptions } from './exchange.ts';

/** Sends a query over TCP (RFC 7766 §8: two octets of length, then the message) and waits for its answer. */
export function exchangeTcp({ server, query, timeoutMs, signal }: ExchangeOptions): Promise<Exchange> {
  return new Promise((resolve) => {
    const socket = connect({ host: server.address, port: server.port });
    let held: Buffer = Buffer.alloc(0);
    const end = (exchange: Exchange): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.removeAllListeners();
      socket.on('error', () => undefined);
      socket.destroy();
      resolve(exchange);
    };
    const abort = (): void => end({ kind: 'failed', reason: 'unreachable' });
    const timer = setTimeout(() => end({ kind: 'failed', reason: 'timeout' }), timeoutMs);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort);
    socket.on('error', abort);
    socket.on('close', abort);
    socket.on('connect', () => socket.write(framed(query.octets)));
    socket.on('data', (octets) => {
      held = Buffer.concat([held, octets]);
      if (held.length < 2 || held.length < 2 + held.readUInt16BE(0)) return;
      const message = held.subarray(2, 2 + held.readUInt16BE(0));
      const isTruncated = ((message[2] ?? 0) & 0x02) !== 0;
      // Over TCP nobody guesses, so a server that does not keep the case of letters is heard.
      const isOurs = relationOf(message, query) !== 'stranger' && !isTruncated;
      end(isOurs ? { kind: 'response', message } : { kind: 'failed', reason: 'malformed' });
    });
  });
}

function framed(message: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.length);
  return Buffer.concat([length, message]);
}
