import { connect, type Socket } from 'node:net';
import { createInterface, type Interface } from 'node:readline';

export interface LoadOptions {
  readonly port: number;
  readonly sessions: number;
  /** Octets of body. */
  readonly length?: number;
  readonly to?: (number: number) => string;
}

/**
 * Clients that submit one message after the other to a relay listener, as plainly as a device does, and go on after
 * every fault. Each message has a token, and `acknowledged` holds the tokens of those that were answered 250.
 */
export class Load {
  readonly acknowledged = new Set<string>();
  readonly #options: LoadOptions;
  readonly #sessions: Promise<void>[];
  #number = 0;
  #stopped = false;

  constructor(options: LoadOptions) {
    this.#options = options;
    this.#sessions = Array.from({ length: options.sessions }, () => this.#session());
  }

  /** Resolves when every client has ended the message that it was at. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#sessions);
  }

  async #session(): Promise<void> {
    while (!this.#stopped) {
      try {
        await this.#connection();
      } catch {
        // Whatever was not acknowledged is not ours to expect; the next connection may go better.
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  async #connection(): Promise<void> {
    const client = new Client(connect({ host: '127.0.0.1', port: this.#options.port }));
    try {
      await client.expect(220);
      await client.ask('EHLO load.lab.example', 250);
      while (!this.#stopped) await this.#message(client);
      client.say('QUIT');
    } finally {
      client.end();
    }
  }

  async #message(client: Client): Promise<void> {
    const number = (this.#number += 1);
    const token = `token-${number}`;
    const to = this.#options.to?.(number) ?? 'someone@receiver.example';
    await client.ask('MAIL FROM:<app@lab.example>', 250);
    await client.ask(`RCPT TO:<${to}>`, 250);
    await client.ask('DATA', 354);
    const body = `${'x'.repeat(76)}\r\n`.repeat(Math.ceil((this.#options.length ?? 1_000) / 78));
    await client.ask(`From: app@lab.example\r\nTo: ${to}\r\nX-Token: ${token}\r\n\r\n${body}.`, 250);
    this.acknowledged.add(token);
  }
}

class Client {
  readonly #socket: Socket;
  readonly #lines: Interface;
  #waiting: { resolve: (code: number) => void; reject: (error: Error) => void } | undefined;
  #ended: Error | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', (error) => this.#end(error));
    socket.on('close', () => this.#end(new Error('closed')));
    this.#lines = createInterface({ input: socket, crlfDelay: Infinity });
    this.#lines.on('line', (line) => {
      if (line.charAt(3) !== '-') this.#waiting?.resolve(Number(line.slice(0, 3)));
    });
    this.#lines.on('error', () => undefined);
  }

  say(text: string): void {
    this.#socket.write(`${text}\r\n`);
  }

  async ask(text: string, expected: number): Promise<void> {
    this.say(text);
    await this.expect(expected);
  }

  async expect(expected: number): Promise<void> {
    if (this.#ended) throw this.#ended;
    const code = await new Promise<number>((resolve, reject) => (this.#waiting = { resolve, reject }));
    this.#waiting = undefined;
    if (code !== expected) throw new Error(`${code} instead of ${expected}`);
  }

  end(): void {
    this.#socket.destroy();
  }

  #end(error: Error): void {
    this.#ended = error;
    this.#waiting?.reject(error);
  }
}
