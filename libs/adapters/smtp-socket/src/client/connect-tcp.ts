import { connect, isIP, type Socket, type TcpSocketConnectOpts } from 'node:net';
import { connectionFault, type ConnectionFault, type DialTarget, type FaultKind } from '@postern/smtp-client';

export type TcpEnd =
  | { readonly kind: 'connected'; readonly socket: Socket }
  | { readonly kind: 'refused'; readonly fault: ConnectionFault };

/** Connects to the target's address, as it is: a name is refused, for resolving it here would go past every check. */
export function connectTcp(target: DialTarget, { timeoutMs }: { timeoutMs: number }): Promise<TcpEnd> {
  const { address, port, localAddress, signal } = target;
  if (isIP(address) === 0) return Promise.resolve(refused('local', `${address} is no IP address`));
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    return Promise.resolve(refused('local', `${port} is no port`));
  if (localAddress !== undefined && isIP(localAddress) !== isIP(address)) {
    return Promise.resolve(refused('local', `nothing leads from the source address ${localAddress} to ${address}`));
  }
  const options: TcpSocketConnectOpts = { host: address, port };
  if (localAddress !== undefined) options.localAddress = localAddress;

  return new Promise((resolve) => {
    const socket = connect(options);
    let ended = false;
    const end = (answer: TcpEnd): void => {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      socket.off('connect', connected).off('close', closed);
      if (answer.kind === 'refused') socket.destroy();
      resolve(answer);
    };
    // Commands are written whole, so there is nothing to wait for; a host that vanished while it is awaited is found out.
    const connected = (): void =>
      end({ kind: 'connected', socket: socket.setNoDelay(true).setKeepAlive(true, 60_000) });
    const failed = (error: NodeJS.ErrnoException): void => end(refused(kindOf(error), reasonOf(error, target)));
    const closed = (): void => end(refused('unreachable', 'the connection was closed before it was there'));
    const abort = (): void => end(refused('local', 'connecting was given up'));
    const timer = setTimeout(() => end(refused('timeout', `no connection within ${timeoutMs / 1000} s`)), timeoutMs);
    // An error may come at any later moment, before or after the next owner listens, so this listener stays.
    socket.once('connect', connected).on('error', failed).once('close', closed);
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) abort();
  });
}

/** What this machine lacks says nothing about the host. */
const OURS: ReadonlySet<string> = new Set([
  'EADDRNOTAVAIL',
  'EADDRINUSE',
  'EMFILE',
  'ENFILE',
  'ENOBUFS',
  'EACCES',
  'EPERM',
]);

function kindOf({ code = '' }: NodeJS.ErrnoException): FaultKind {
  if (code === 'ETIMEDOUT') return 'timeout';
  return OURS.has(code) ? 'local' : 'unreachable';
}

function reasonOf({ code, message }: NodeJS.ErrnoException, { localAddress }: DialTarget): string {
  if (code === 'EADDRNOTAVAIL' && localAddress !== undefined)
    return `the source address ${localAddress} is not on this machine`;
  const known = code === undefined ? undefined : IN_WORDS.get(code);
  return known === undefined ? `no connection: ${code ?? message}` : `${known} (${code})`;
}

const IN_WORDS: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'the connection was refused'],
  ['ECONNRESET', 'the connection was reset'],
  ['ETIMEDOUT', 'the connection timed out'],
  ['EHOSTUNREACH', 'no way leads to the host'],
  ['ENETUNREACH', 'no way leads to its network'],
]);

function refused(kind: FaultKind, reason: string): TcpEnd {
  return { kind: 'refused', fault: connectionFault({ stage: 'connect', kind, reason }) };
}
