import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { formatReply, replies, type Reply } from '@postern/smtp';
import { Conversation, settingsOf, type Client } from '@postern/smtp-server';
import { awaitProxyHeader } from './await-proxy-header.ts';
import { Balancers } from './balancers.ts';
import { ConnectionCounts, DEFAULT_CONNECTION_LIMITS } from './connection-counts.ts';
import { endsOf, plainAddress } from './connection-ends.ts';
import type { ListenOptions, OpenSession, SmtpListener } from './listen-options.ts';
import { DEFAULT_SERVER_TIMEOUTS, tickMsFor, type ServerTimeouts } from './patience.ts';
import type { ProxyEnds } from './proxy-header.ts';
import { ServerConnection } from './server-connection.ts';

/** Listens for SMTP. Rejects when the address cannot be bound. */
export async function listenSmtp(options: ListenOptions): Promise<SmtpListener> {
  const listener = new BoundListener(options);
  await listener.bind();
  return listener;
}

/** After the grace, for the last replies to go out. */
const LAST_WORDS_MS = 1000;
const MAX_REFUSING = 500;
/** Connections of load balancers whose header has not come yet. */
const MAX_AWAITING_HEADER = 1_000;
const PREFIX = randomBytes(4).toString('hex');
let connectionsSoFar = 0;

class BoundListener implements SmtpListener {
  readonly #options: ListenOptions;
  readonly #timeouts: ServerTimeouts;
  readonly #counts: ConnectionCounts;
  readonly #server: Server;
  readonly #connections = new Set<ServerConnection>();
  readonly #surroundings: ConstructorParameters<typeof ServerConnection>[2];
  #timer: NodeJS.Timeout | undefined;
  #lastTick = performance.now();
  #refused = 0;
  /** Connections that are being told so. */
  #refusing = 0;
  readonly #balancers: Balancers;
  #awaitingHeader = 0;
  #onEmpty: (() => void) | undefined;

  constructor(options: ListenOptions) {
    this.#options = options;
    this.#timeouts = { ...DEFAULT_SERVER_TIMEOUTS, ...options.timeouts };
    this.#balancers = new Balancers(options.proxyNetworks ?? []);
    this.#counts = options.connections ?? new ConnectionCounts({ ...DEFAULT_CONNECTION_LIMITS, ...options.limits });
    const settings = settingsOf({
      listener: options.kind,
      hostname: options.hostname,
      certificate: options.tls ? 'present' : 'absent',
      ...(options.mechanisms && { mechanisms: options.mechanisms }),
      ...(options.profile && { profile: options.profile }),
      ...(options.limits && { limits: options.limits }),
    });
    this.#surroundings = {
      converse: (client, carrier) => new Conversation({ settings, client, policy: options.policy, carrier }),
      tls: options.tls,
      implicitTls: options.implicitTls ?? options.kind === 'submissions',
      timeouts: this.#timeouts,
      log: options.log,
      onClose: (connection) => this.#left(connection),
    };
    this.#server = createServer({ noDelay: true, keepAlive: true, allowHalfOpen: true }, (socket) =>
      this.#enter(socket),
    );
  }

  get address(): AddressInfo {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The listener is not bound');
    return address;
  }

  async bind(): Promise<void> {
    const { host, port, log, kind } = this.#options;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host, port, backlog: 1024 }, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    this.#server.on('error', (error) => log.error({ err: error, listener: kind }, 'listener failed'));
    this.#timer = setInterval(() => this.#tick(), tickMsFor(this.#timeouts));
    this.#timer.unref();
  }

  sessions(): readonly OpenSession[] {
    return [...this.#connections].map(({ client, session }) => ({
      client,
      principal: session?.principal,
      messages: session?.counts.messages ?? 0,
    }));
  }

  async close(graceMs: number): Promise<void> {
    this.#server.close();
    const empty = new Promise<void>((resolve) => (this.#onEmpty = resolve));
    if (this.#connections.size === 0) this.#onEmpty?.();
    for (const connection of this.#connections) connection.happen({ kind: 'drain' });
    await within(graceMs, empty);
    for (const connection of this.#connections) connection.happen({ kind: 'end', reply: replies.shuttingDown });
    await within(LAST_WORDS_MS, empty);
    for (const connection of this.#connections) connection.destroy();
    await empty;
    clearInterval(this.#timer);
  }

  #enter(socket: Socket): void {
    const address = socket.remoteAddress && plainAddress(socket.remoteAddress);
    // The client left before we looked.
    if (!address) return void socket.destroy();
    if (this.#balancers.has(address)) void this.#enterBehind(socket, address);
    else this.#admit(socket, { address, ...endsOf(socket) });
  }

  /** The load balancer says who the client is; the balancer itself is not counted as one. */
  async #enterBehind(socket: Socket, balancer: string): Promise<void> {
    if (this.#awaitingHeader >= MAX_AWAITING_HEADER) return this.#refuse(socket);
    this.#awaitingHeader++;
    const forget = (): void => void socket.destroy();
    socket.on('error', forget);
    const header = await awaitProxyHeader(socket);
    this.#awaitingHeader--;
    socket.off('error', forget);
    if (header.kind === 'read' && !socket.destroyed && this.#server.listening)
      return this.#admit(socket, header.ends ?? { address: balancer, ...endsOf(socket) });
    const because = header.kind === 'refused' ? header.because : 'closed';
    this.#options.log.warn({ listener: this.#options.kind, client: balancer, because }, 'load balancer refused');
    socket.on('error', forget).destroy();
  }

  #admit(socket: Socket, ends: ProxyEnds): void {
    const { kind, observe } = this.#options;
    const { address } = ends;
    if (!this.#counts.enter(address)) return this.#refuse(socket);
    const client = this.#clientOf(ends, (reply) => connection.happen({ kind: 'end', reply }));
    const connection = new ServerConnection(socket, client, this.#surroundings);
    this.#connections.add(connection);
    observe?.({ kind: 'opened', listener: kind });
    connection.start();
  }

  #clientOf(ends: ProxyEnds, end: (reply: Reply) => void): Client {
    return {
      session: { id: `${PREFIX}-${(++connectionsSoFar).toString(36)}`, end },
      listener: this.#options.kind,
      profile: this.#options.profile?.name ?? 'standard',
      ...ends,
      name: undefined,
      esmtp: false,
      tls: undefined,
    };
  }

  #refuse(socket: Socket): void {
    this.#refused++;
    this.#options.observe?.({ kind: 'refused', listener: this.#options.kind });
    socket.on('error', () => socket.destroy());
    // Under TLS from the first octet a reply in clear would be noise; and a flood gets no reply at all.
    if (this.#surroundings.implicitTls || this.#refusing >= MAX_REFUSING) return void socket.destroy();
    this.#refusing++;
    const timer = setTimeout(() => socket.destroy(), LAST_WORDS_MS);
    socket.once('close', () => {
      clearTimeout(timer);
      this.#refusing--;
    });
    socket.resume().end(formatReply(replies.tooManyConnections));
  }

  #left(connection: ServerConnection): void {
    const { client, session, ending } = connection;
    const { observe, log, kind } = this.#options;
    this.#connections.delete(connection);
    this.#counts.leave(client.address);
    const messages = session?.counts.messages ?? 0;
    observe?.({ kind: 'ended', listener: kind, ending, messages });
    const facts = { session: client.session.id, client: client.address, name: client.name, tls: client.tls?.protocol };
    const errors = session?.counts.errors ?? 0;
    const outcome = { listener: kind, as: session?.principal?.name, messages, errors, ending };
    log[ending === 'closed' && errors === 0 ? 'debug' : 'info']({ ...facts, ...outcome }, 'session ended');
    if (this.#connections.size === 0) this.#onEmpty?.();
  }

  #tick(): void {
    const now = performance.now();
    const elapsedMs = now - this.#lastTick;
    this.#lastTick = now;
    const stressed = this.#counts.isStressed;
    for (const connection of this.#connections) connection.tick(elapsedMs, { stressed });
    if (this.#refused === 0) return;
    const { log, kind } = this.#options;
    log.warn({ listener: kind, refused: this.#refused, open: this.#counts.total }, 'connections refused: too many');
    this.#refused = 0;
  }
}

async function within(milliseconds: number, done: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const elapsed = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([done, elapsed]);
  clearTimeout(timer);
}
