import { connect } from 'node:net';

/** Opens a connection and closes it again. */
export function dial(
  host: string,
  port: number,
  timeoutMs: number,
): Promise<'open' | 'refused' | 'timeout' | 'unreachable'> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (outcome: 'open' | 'refused' | 'timeout' | 'unreachable'): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(outcome);
    };
    const timer = setTimeout(() => end('timeout'), timeoutMs);
    socket.once('connect', () => end('open'));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      end(error.code === 'ECONNREFUSED' ? 'refused' : error.code === 'ETIMEDOUT' ? 'timeout' : 'unreachable'),
    );
  });
}
