import { once } from 'node:events';
import { connect } from 'node:net';
import { type Child, startChild } from '../child.ts';
import { freePort } from '../free-port.ts';
import { waitFor } from '../wait-for.ts';
import { portOpen } from './port-open.ts';

export interface RedisServerOptions {
  readonly port?: number;
  /** Where it keeps its files, when it keeps any. */
  readonly directory?: string;
  /** `none`: it forgets everything when it ends. `append`: every write is on disk (appendfsync always). `snapshot`: when told to. */
  readonly persistence?: 'none' | 'append' | 'snapshot';
  readonly maxMemoryPolicy?: string;
  /** Further settings, as redis.conf names them. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface RedisServer extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  /** Sends one command and answers its first line. */
  command(...words: readonly string[]): Promise<string>;
  flushAll(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Ends it in good order. */
  stop(): Promise<void>;
  /** Starts it again on its port, with the files that it has. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a Redis of the test's own on loopback. */
export async function redisServer(options: RedisServerOptions = {}): Promise<RedisServer> {
  const port = options.port ?? (await freePort());
  let child: Child | undefined;
  const start = async (): Promise<void> => {
    child = startChild({ tool: 'redis-server', parameters: settings(port, options) });
    await portOpen(child, { address: '127.0.0.1', port });
    // It takes connections while it still reads its files.
    await waitFor(async () => (await command(port, ['PING'])) === '+PONG', { what: `Redis on port ${port} to answer` });
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child?.kill(signal);
    await child?.ended;
    child = undefined;
  };
  const close = (): Promise<void> => end('SIGKILL');
  await start();
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    command: (...words) => command(port, words),
    async flushAll() {
      await command(port, ['FLUSHALL']);
    },
    kill: close,
    stop: () => end('SIGTERM'),
    start,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function settings(port: number, options: RedisServerOptions): readonly string[] {
  const persistence = options.persistence ?? 'none';
  const all: Readonly<Record<string, string>> = {
    port: String(port),
    bind: '127.0.0.1',
    save: '',
    appendonly: persistence === 'append' ? 'yes' : 'no',
    appendfsync: 'always',
    'maxmemory-policy': options.maxMemoryPolicy ?? 'noeviction',
    daemonize: 'no',
    ...(options.directory === undefined ? {} : { dir: options.directory }),
    ...options.settings,
  };
  return Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
}

async function command(port: number, words: readonly string[]): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port });
  try {
    await once(socket, 'connect');
    socket.write(`*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`);
    let said = '';
    for await (const octets of socket) {
      said += String(octets);
      if (said.includes('\r\n')) break;
    }
    return said.slice(0, said.indexOf('\r\n'));
  } finally {
    socket.destroy();
  }
}
