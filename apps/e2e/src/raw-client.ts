import { connect, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls';

/** A reply as a client sees it. */
export interface RawReply {
  readonly code: number;
  /** All of its lines, without their CRLF. */
  readonly lines: readonly string[];
  readonly text: string;
}

/** Longer than any reply may take on a busy machine; a test that waits so long has failed. */
const PATIENCE_MS = 20_000;

/** A client that says what it is told, octet for octet, and reads replies; it knows nothing of what is allowed. */
export class RawClient implements Disposable {
  #socket: Socket;
  #text = '';
  #closed = false;
  #wake: () => void = () => undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#listen(socket);
  }

  /** Connects, under TLS from the first octet when `tls` is given; the greeting is still to be read. */
  static connect(port: number, options: { from?: string; tls?: ConnectionOptions } = {}): Promise<RawClient> {
    const { from, tls } = options;
    const plain = connect({ host: '127.0.0.1', port, noDelay: true, ...(from ? { localAddress: from } : {}) });
    const socket = tls ? connectTls({ rejectUnauthorized: false, ...tls, socket: plain }) : plain;
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.once(tls ? 'secureConnect' : 'connect', () => {
        socket.off('error', reject);
        resolve(new RawClient(socket));
      });
    });
  }

  /** Resolves when the octets are the kernel's. */
  write(octets: string | Buffer): Promise<void> {
    return new Promise((resolve) => {
      if (this.#closed) resolve();
      else this.#socket.write(typeof octets === 'string' ? Buffer.from(octets, 'utf8') : octets, () => resolve());
    });
  }

  /** The next reply; rejects when the connection is closed before. */
  async read(): Promise<RawReply> {
    for (;;) {
      const reply = this.#take();
      if (reply) return reply;
      if (this.#closed) throw new Error(`closed after ${JSON.stringify(this.#text)}`);
      await this.#more('a reply');
    }
  }

  /** Says one line and reads one reply. */
  async ask(line: string): Promise<RawReply> {
    await this.write(`${line}\r\n`);
    return this.read();
  }

  /** The code of the reply to one line. */
  async code(line: string): Promise<number> {
    return (await this.ask(line)).code;
  }

  /** Reads until the other side closes; answers every reply that came before. */
  async rest(): Promise<readonly RawReply[]> {
    while (!this.#closed) await this.#more('the end of the connection');
    const replies: RawReply[] = [];
    for (let reply = this.#take(); reply; reply = this.#take()) replies.push(reply);
    return replies;
  }

  /** Begins TLS, whether or not anybody agreed to it. */
  async secure(options: ConnectionOptions = {}): Promise<void> {
    const plain = this.#socket;
    plain.removeAllListeners('data');
    const socket: TLSSocket = connectTls({ rejectUnauthorized: false, ...options, socket: plain });
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.once('close', () => reject(new Error('closed in the handshake')));
      socket.once('secureConnect', () => {
        socket.removeAllListeners('error').removeAllListeners('close');
        resolve();
      });
    });
    this.#socket = socket;
    this.#listen(socket);
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  get socket(): Socket {
    return this.#socket;
  }

  destroy(): void {
    this.#socket.destroy();
  }

  [Symbol.dispose](): void {
    this.destroy();
  }

  #listen(socket: Socket): void {
    socket.on('data', (octets: Buffer) => {
      this.#text += octets.toString('utf8');
      this.#wake();
    });
    socket.on('error', () => undefined);
    for (const end of ['end', 'close'] as const)
      socket.on(end, () => {
        this.#closed = true;
        this.#wake();
      });
  }

  #take(): RawReply | undefined {
    const [whole] = /^(?:\d{3}-.*\r\n)*\d{3}(?: .*)?\r\n/.exec(this.#text) ?? [];
    if (whole === undefined) return undefined;
    this.#text = this.#text.slice(whole.length);
    const lines = whole.trimEnd().split('\r\n');
    return { code: Number(whole.slice(0, 3)), lines, text: lines.join('\n') };
  }

  #more(what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`Waited in vain for ${what}; so far ${JSON.stringify(this.#text)}`)),
        PATIENCE_MS,
      );
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** The initial response of AUTH PLAIN (RFC 4616 §2). */
export function plain(user: string, password: string, authzid = ''): string {
  return Buffer.from(`${authzid}\0${user}\0${password}`).toString('base64');
}

/** A client that has said EHLO in clear. */
export async function greeted(port: number, options: { from?: string } = {}): Promise<RawClient> {
  const client = await RawClient.connect(port, options);
  await expectCode(client.read(), 220);
  await expectCode(client.ask('EHLO client.lab.example'), 250);
  return client;
}

/** A client that has said EHLO under TLS, begun with STARTTLS. */
export async function encrypted(port: number): Promise<RawClient> {
  const client = await greeted(port);
  await expectCode(client.ask('STARTTLS'), 220);
  await client.secure();
  await expectCode(client.ask('EHLO client.lab.example'), 250);
  return client;
}

/** A client that has authenticated, and may send mail. */
export async function authenticated(world: {
  readonly gateway: { readonly ports: { readonly submission: number } };
  readonly user: string;
  readonly password: string;
}): Promise<RawClient> {
  const client = await encrypted(world.gateway.ports.submission);
  await expectCode(client.ask(`AUTH PLAIN ${plain(world.user, world.password)}`), 235);
  return client;
}

/** Brings a session to where content may begin. */
export async function opened(client: RawClient, envelope: { from?: string; to?: string } = {}): Promise<void> {
  await expectCode(client.ask(`MAIL FROM:<${envelope.from ?? 'app@lab.example'}>`), 250);
  await expectCode(client.ask(`RCPT TO:<${envelope.to ?? 'someone@receiver.example'}>`), 250);
  await expectCode(client.ask('DATA'), 354);
}

/** Sends one message; answers what was said at its end. */
export async function sendRaw(
  client: RawClient,
  content: string | Buffer,
  envelope: { from?: string; to?: string } = {},
): Promise<RawReply> {
  await opened(client, envelope);
  await client.write(content);
  return client.ask('.');
}

async function expectCode(coming: Promise<RawReply>, code: number): Promise<void> {
  const reply = await coming;
  if (reply.code !== code) throw new Error(`${reply.text} instead of ${code}`);
}
