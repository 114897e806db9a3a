import type { Socket } from 'node:net';
import type { Carrier, Client, Conversation, Session, TlsFacts } from '@postern/smtp-server';
import { beginHandshake, type ServerTls } from './handshake.ts';
import type { ServerLog } from './log.ts';
import { Patience, type ServerTimeouts } from './patience.ts';

/** What a connection needs of its listener. */
export interface ConnectionSurroundings {
  readonly converse: (client: Client, carrier: Carrier) => Conversation;
  readonly tls: ServerTls | undefined;
  readonly implicitTls: boolean;
  readonly timeouts: ServerTimeouts;
  readonly log: ServerLog;
  /** Called once, when the connection is gone. */
  readonly onClose: (connection: ServerConnection) => void;
}

/** How a connection ended. */
export type Ending = 'closed' | 'handshake-failed' | 'timed-out' | 'dropped' | 'lost';

/** What a client may leave unread of what we send. */
const MAX_UNSENT_OCTETS = 256 * 1024;

/** Carries the octets of one conversation. Whatever goes wrong here ends this connection and no other. */
export class ServerConnection implements Carrier {
  readonly #surroundings: ConnectionSurroundings;
  readonly #patience: Patience;
  readonly #plain: Socket;
  #client: Client;
  #socket: Socket;
  #conversation: Conversation | undefined;
  /** What came before there was a conversation: the client has not waited for the greeting. */
  #early: Buffer | undefined;
  #octets = 0;
  #held = { byConversation: false, byOutput: false };
  #closing = false;
  #ending: Ending = 'lost';

  readonly #onData = (chunk: Buffer): void => {
    this.#octets += chunk.length;
    if (this.#conversation) this.#conversation.octets(chunk);
    else this.#early ??= chunk;
  };
  readonly #onEnd = (): void => this.#closeWhenIdle();

  constructor(socket: Socket, client: Client, surroundings: ConnectionSurroundings) {
    this.#surroundings = surroundings;
    this.#patience = new Patience(surroundings.timeouts);
    this.#plain = this.#socket = socket;
    this.#client = client;
    socket.on('error', (error) => this.#failed(error));
    socket.once('close', () => this.#gone());
  }

  /** The client as it is known now. */
  get client(): Client {
    return this.#conversation?.session.client ?? this.#client;
  }

  get session(): Session | undefined {
    return this.#conversation?.session;
  }

  get ending(): Ending {
    return this.#ending;
  }

  start(): void {
    if (this.#surroundings.implicitTls) this.startTls();
    else {
      this.#listenTo(this.#socket);
      // One round of reading, so that what a client says before the greeting is seen as that.
      setImmediate(() => setImmediate(() => this.#converse()));
    }
  }

  send(octets: string): void {
    if (!this.#socket.writable) return;
    this.#socket.write(octets, 'latin1');
    if (this.#socket.writableLength > MAX_UNSENT_OCTETS && !this.#held.byOutput) {
      this.#hold({ byOutput: true });
      this.#socket.once('drain', () => this.#hold({ byOutput: false }));
    }
    if (this.#socket.readableEnded) queueMicrotask(() => this.#closeWhenIdle());
  }

  startTls(): void {
    const { tls } = this.#surroundings;
    if (!tls) return this.#drop('handshake-failed');
    // RFC 3207 §4: from here on, what comes in belongs to TLS.
    this.#plain.off('data', this.#onData).off('end', this.#onEnd).pause();
    const begin = (): void => void this.#shakeHands(tls);
    if (this.#plain.writableLength === 0) begin();
    else this.#plain.write('', begin);
  }

  pause(): void {
    this.#hold({ byConversation: true });
  }

  resume(): void {
    this.#hold({ byConversation: false });
  }

  close(): void {
    this.#closing = true;
    if (this.#ending === 'lost') this.#ending = 'closed';
    this.#socket.end();
    // What still comes is read and dropped, so that the client reads our last reply before a reset.
    this.#hold({ byConversation: false, byOutput: false });
  }

  fault(error: unknown): void {
    this.#surroundings.log.error({ err: error, ...this.#facts() }, 'policy or sink failed');
  }

  /** Ends the session with the reply, as soon as RFC 5321 allows; or drops what has no session yet. */
  happen(event: Parameters<Conversation['happen']>[0]): void {
    if (!this.#conversation || this.#conversation.waitingFor === 'tls') this.#drop('dropped');
    else this.#conversation.happen(event);
  }

  destroy(): void {
    this.#drop('dropped');
  }

  /** Looks at the clock. */
  tick(elapsedMs: number, { stressed }: { stressed: boolean }): void {
    const conversation = this.#conversation;
    const session = conversation?.session;
    const verdict = this.#patience.tick(
      {
        waitingFor: this.#closing ? 'closing' : (conversation?.waitingFor ?? 'tls'),
        records: conversation?.records ?? 0,
        octets: this.#octets,
        unsent: this.#socket.writableLength,
        hasBareLineFeed: conversation?.hasBareLineFeed ?? false,
        stressed: stressed && !session?.principal && !session?.transaction,
      },
      elapsedMs,
    );
    if (verdict === 'wait') this.#closeWhenIdle();
    else if (verdict === 'drop' || !conversation) this.#drop(this.#closing ? this.#ending : 'timed-out');
    else {
      this.#ending = 'timed-out';
      conversation.happen({ kind: verdict });
    }
  }

  #converse(): void {
    if (this.#plain.destroyed) return;
    this.#conversation = this.#surroundings.converse(this.#client, this);
    this.#conversation.start();
    if (this.#early) this.#conversation.octets(this.#early);
    this.#early = undefined;
  }

  #listenTo(socket: Socket): void {
    // Behind a load balancer it was paused when its header had been read.
    socket.on('data', this.#onData).on('end', this.#onEnd).resume();
  }

  /** A client that has closed its side hears the replies to what it sent before. */
  #closeWhenIdle(): void {
    if (this.#socket.readableEnded && !this.#closing && this.#conversation?.waitingFor !== 'us') this.#socket.end();
  }

  async #shakeHands(with_: ServerTls): Promise<void> {
    try {
      const { socket, established } = beginHandshake(this.#plain, with_);
      this.#socket = socket;
      const tls = await established;
      socket.on('error', (error) => this.#failed(error));
      this.#listenTo(socket);
      this.#encrypted(tls);
    } catch (error) {
      this.#surroundings.log.info({ err: error, ...this.#facts() }, 'TLS handshake failed');
      this.#drop('handshake-failed');
    }
  }

  #encrypted(tls: TlsFacts): void {
    if (this.#conversation) this.#conversation.happen({ kind: 'tls-established', tls });
    else {
      this.#client = { ...this.#client, tls };
      this.#converse();
    }
  }

  #hold(change: Partial<{ byConversation: boolean; byOutput: boolean }>): void {
    this.#held = { ...this.#held, ...change };
    if (this.#held.byConversation || this.#held.byOutput) this.#socket.pause();
    else this.#socket.resume();
  }

  #failed(error: Error): void {
    this.#surroundings.log.debug({ err: error, ...this.#facts() }, 'connection failed');
    this.#plain.destroy();
  }

  #drop(ending: Ending): void {
    this.#ending = ending;
    this.#socket.destroy();
    this.#plain.destroy();
  }

  #gone(): void {
    this.#socket.destroy();
    this.#conversation?.disconnected();
    this.#surroundings.onClose(this);
  }

  #facts(): Record<string, unknown> {
    const { session, address, listener } = this.client;
    return { session: session.id, client: address, listener };
  }
}
