import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { TLSSocket, type TlsOptions } from 'node:tls';

export interface ScriptedHostOptions {
  readonly address?: string;
  /** 0, the default, is a free one. */
  readonly port?: number;
  /** What the host does with a connection, which counts from 1. When it returns, the host is silent. */
  readonly script: (client: ScriptedClient, connection: number) => Promise<void>;
}

/** A host that does to its clients whatever a script says, in SMTP or not. */
export interface ScriptedHost extends AsyncDisposable {
  readonly address: string;
  readonly port: number;
  readonly connections: number;
  /** Every line that any client sent and the script read. */
  readonly heard: readonly string[];
  /** What went wrong in a script that was not expected to fail, such as a client that is gone. */
  readonly failures: readonly unknown[];
  close(): Promise<void>;
}

/** A connection from the host's side. */
export interface ScriptedClient {
  /** Says a text as it is, in one write; a reply without a line end gets one. */
  say(text: string): void;
  /** Says octets as they are. */
  raw(octets: string): void;
  /** The next line, without its end. */
  line(): Promise<string>;
  /** Mail data up to the final dot, which is left out; dots are not undone. */
  content(): Promise<string>;
  /** Octets, as many as are there. */
  octets(): Promise<string>;
  startTls(options: TlsOptions): Promise<void>;
  /** Stops taking octets, so that the client's stay where they are, until `resume`. */
  pause(): void;
  resume(): void;
  /** Closes as a polite host does. */
  close(): void;
  /** Cuts the connection with a reset. */
  reset(): void;
}

export async function scriptedHost(options: ScriptedHostOptions): Promise<ScriptedHost> {
  const address = options.address ?? '127.0.0.1';
  const open = new Set<Client>();
  const heard: string[] = [];
  const failures: unknown[] = [];
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    const client = new Client(socket, heard);
    open.add(client);
    socket.once('close', () => open.delete(client));
    options.script(client, connections).catch((error: unknown) => failures.push(error));
  });
  server.listen({ port: options.port ?? 0, host: address });
  await once(server, 'listening');
  const bound = server.address();
  const close = async (): Promise<void> => {
    for (const client of open) client.reset();
    if (!server.listening) return;
    server.close();
    await once(server, 'close');
  };
  return {
    address,
    port: typeof bound === 'object' && bound ? bound.port : 0,
    get connections() {
      return connections;
    },
    heard,
    failures,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** A script that says its replies one by one: the first at once, each other to a line, and behind 354 to the content. */
export function inTurn(...replies: readonly string[]): ScriptedHostOptions['script'] {
  return async (client) => {
    let before: string | undefined;
    for (const reply of replies) {
      if (before?.startsWith('354')) await client.content();
      else if (before !== undefined) await client.line();
      client.say(reply);
      before = reply;
    }
  };
}

class Client implements ScriptedClient {
  readonly #heard: string[];
  #socket: Socket;
  #input = '';
  #gone = false;
  #more: () => void = () => undefined;

  constructor(socket: Socket, heard: string[]) {
    this.#socket = socket;
    this.#heard = heard;
    this.#listen(socket);
  }

  say(text: string): void {
    this.raw(text.endsWith('\n') ? text : `${text}\r\n`);
  }

  raw(octets: string): void {
    if (!this.#gone) this.#socket.write(octets, 'latin1');
  }

  async line(): Promise<string> {
    const line = await this.#upTo('\r\n');
    this.#heard.push(line);
    return line;
  }

  async content(): Promise<string> {
    if (this.#input === '') await this.#wait();
    // A final dot right behind DATA has no line end of its own before it.
    if (this.#input.startsWith('.\r\n')) {
      this.#input = this.#input.slice(3);
      return '';
    }
    return `${await this.#upTo('\r\n.\r\n')}\r\n`;
  }

  async octets(): Promise<string> {
    if (this.#input === '') await this.#wait();
    const octets = this.#input;
    this.#input = '';
    return octets;
  }

  async startTls(options: TlsOptions): Promise<void> {
    const plain = this.#socket;
    plain.removeAllListeners('data');
    const secure = new TLSSocket(plain, { ...options, isServer: true });
    this.#listen(secure);
    await once(secure, 'secure');
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  close(): void {
    this.#socket.end();
  }

  reset(): void {
    if (this.#socket instanceof TLSSocket) this.#socket.destroy();
    else this.#socket.resetAndDestroy();
  }

  #listen(socket: Socket): void {
    this.#socket = socket;
    const gone = (): void => {
      this.#gone = true;
      this.#more();
    };
    socket.on('data', (octets) => {
      this.#input += octets.toString('latin1');
      this.#more();
    });
    socket.on('error', gone).on('close', gone);
  }

  async #upTo(end: string): Promise<string> {
    while (!this.#input.includes(end)) await this.#wait();
    const at = this.#input.indexOf(end);
    const text = this.#input.slice(0, at);
    this.#input = this.#input.slice(at + end.length);
    return text;
  }

  async #wait(): Promise<void> {
    if (this.#gone) throw new Error('The client is gone');
    await new Promise<void>((resolve) => (this.#more = resolve));
    if (this.#gone && this.#input === '') throw new Error('The client is gone');
  }
}
