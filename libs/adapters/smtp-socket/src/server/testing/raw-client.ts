import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';

/** A client that is the test: it sends octets as they are, and reads lines. */
export class RawClient {
  #socket: Socket;
  #received = '';
  #waiting: (() => void) | undefined;
  /** Whether the server has closed the connection. */
  closed = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#listen();
  }

  /** Connects, and under TLS shakes hands. */
  static async connect(port: number, options: { tls?: true; localAddress?: string } = {}): Promise<RawClient> {
    const { localAddress } = options;
    const plain = connectTcp({ host: '127.0.0.1', port, ...(localAddress ? { localAddress } : {}) });
    await event(plain, 'connect');
    if (!options.tls) return new RawClient(plain);
    const encrypted = connectTls({ socket: plain, rejectUnauthorized: false });
    await event(encrypted, 'secureConnect');
    return new RawClient(encrypted);
  }

  /** Connects and reads the greeting and the reply to EHLO. */
  static async greeted(port: number, options: { tls?: true } = {}): Promise<RawClient> {
    const client = await RawClient.connect(port, options);
    await client.reply();
    await client.say('EHLO client.example');
    return client;
  }

  send(octets: string | Buffer): void {
    this.#socket.write(typeof octets === 'string' ? Buffer.from(octets, 'latin1') : octets);
  }

  /** Resolves when the octets have left our side. */
  sent(octets: Buffer): Promise<void> {
    return new Promise((resolve) => this.#socket.write(octets, () => resolve()));
  }

  /** Sends a line and reads the reply. */
  async say(line: string): Promise<string> {
    this.send(`${line}\r\n`);
    return this.reply();
  }

  /** The next reply with all of its lines; what came before the end of the connection when there is none any more. */
  async reply(): Promise<string> {
    const pattern = /^(?:\d{3}-.*\r\n)*\d{3} .*\r\n/;
    for (;;) {
      const [match] = pattern.exec(this.#received) ?? [];
      if (match !== undefined) {
        this.#received = this.#received.slice(match.length);
        return match.trimEnd();
      }
      if (this.closed) return this.#received;
      await new Promise<void>((resolve) => (this.#waiting = resolve));
    }
  }

  /** Everything that still comes until the server closes. */
  async rest(): Promise<string> {
    while (!this.closed) await new Promise<void>((resolve) => (this.#waiting = resolve));
    return this.#received;
  }

  async startTls(options: ConnectionOptions = {}, onSession?: (session: Buffer) => void): Promise<void> {
    this.#socket.removeAllListeners('data');
    const encrypted = connectTls({ ...options, socket: this.#socket, rejectUnauthorized: false });
    if (onSession) encrypted.on('session', onSession);
    await event(encrypted, 'secureConnect');
    this.#socket = encrypted;
    this.#listen();
  }

  /** Closes our side; the server may still talk. */
  finish(): void {
    this.#socket.end();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #listen(): void {
    const wake = (): void => this.#waiting?.();
    this.#socket.on('data', (chunk) => {
      this.#received += chunk.toString('latin1');
      wake();
    });
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', () => {
      this.closed = true;
      wake();
    });
    this.#socket.on('end', () => {
      this.closed = true;
      wake();
    });
  }
}

function event(socket: Socket, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(name, () => resolve());
    socket.once('error', reject);
  });
}
