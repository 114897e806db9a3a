/** The server's side: listeners and their connections. */
export * from './connection-counts.ts';
export type { ServerTls } from './handshake.ts';
export * from './listen-options.ts';
export * from './listen.ts';
export * from './log.ts';
export { DEFAULT_SERVER_TIMEOUTS, type ServerTimeouts } from './patience.ts';
export * from './secure-context.ts';
export type { Ending } from './server-connection.ts';
