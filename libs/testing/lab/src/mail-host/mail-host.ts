import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { waitFor } from '../wait-for.ts';
import type { MailHostAnswers } from './answers.ts';
import { Inbox } from './inbox.ts';
import type { ReceivedMessage } from './received-message.ts';
import type { SessionHost } from './session-host.ts';
import { Session } from './session.ts';

export interface MailHostOptions {
  readonly address?: string;
  /** 0, the default, is a free one. */
  readonly port?: number;
  readonly name?: string;
  /** What EHLO offers, besides STARTTLS and AUTH, which follow from `tls` and `accounts`. */
  readonly extensions?: readonly string[];
  readonly answers?: MailHostAnswers;
  /** Key and certificate: the host offers STARTTLS. */
  readonly tls?: TlsOptions;
  /** Passwords by user: the host offers AUTH. */
  readonly accounts?: Readonly<Record<string, string>>;
  /** The header field by which messages are counted, to find duplicates. */
  readonly token?: string;
  /** How many connections it serves at once; the next one hears 421. */
  readonly maxConnections?: number;
  /** How many messages are kept, and how much of their contents (0: digests only). */
  readonly keepMessages?: number;
  readonly keepOctets?: number;
}

/**
 * A receiving mail host, written against RFC 5321 and nothing of ours: what arrives is counted and recorded exactly,
 * what is scripted is answered, and what a client does wrong is noted.
 */
export interface MailHost extends AsyncDisposable {
  readonly address: string;
  readonly port: number;
  /** Messages that were answered 2yz. */
  readonly count: number;
  readonly recipientCount: number;
  readonly octets: number;
  readonly messages: readonly ReceivedMessage[];
  readonly tokens: ReadonlyMap<string, number>;
  duplicates(): ReadonlyMap<string, number>;
  readonly connections: { readonly open: number; readonly peak: number; readonly total: number };
  /** Commands out of order or out of grammar; the first 100. */
  readonly misbehaviour: readonly string[];
  /** Changes the answers while it runs. */
  answer(answers: MailHostAnswers): void;
  waitForCount(count: number, timeoutMs?: number): Promise<readonly ReceivedMessage[]>;
  clear(): void;
  /** Cuts all connections as a crash would. */
  cut(): void;
  close(): Promise<void>;
}

export async function mailHost(options: MailHostOptions = {}): Promise<MailHost> {
  const address = options.address ?? '127.0.0.1';
  const name = options.name ?? 'mail.lab.example';
  const inbox = new Inbox({
    keepMessages: options.keepMessages ?? 20_000,
    keepOctets: options.keepOctets ?? 64 * 1_048_576,
  });
  const misbehaviour: string[] = [];
  const sockets = new Set<Socket>();
  const connections = { open: 0, peak: 0, total: 0 };
  let answers = options.answers ?? {};
  const host: SessionHost = {
    name,
    extensions: options.extensions ?? ['PIPELINING', 'SIZE 104857600', '8BITMIME', 'ENHANCEDSTATUSCODES', 'SMTPUTF8'],
    get answers() {
      return answers;
    },
    token: options.token,
    tls: options.tls,
    accounts: options.accounts,
    inbox,
    misbehaved(what) {
      if (misbehaviour.length < 100) misbehaviour.push(what);
    },
  };
  const server = createServer((socket) => {
    connections.total += 1;
    connections.open += 1;
    sockets.add(socket);
    socket.on('close', () => {
      connections.open -= 1;
      sockets.delete(socket);
    });
    if (connections.open > (options.maxConnections ?? Number.POSITIVE_INFINITY)) {
      socket.on('error', () => undefined);
      socket.end(`421 4.7.0 ${name} Too many connections\r\n`);
      return;
    }
    connections.peak = Math.max(connections.peak, connections.open);
    Session.serve(socket, host, connections.total);
  });
  server.listen({ port: options.port ?? 0, host: address, backlog: 1_024 });
  await once(server, 'listening');
  const bound = server.address();
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const close = async (): Promise<void> => {
    cut();
    if (!server.listening) return;
    server.close();
    await once(server, 'close');
  };
  return {
    address,
    port: typeof bound === 'object' && bound ? bound.port : 0,
    get count() {
      return inbox.count;
    },
    get recipientCount() {
      return inbox.recipients;
    },
    get octets() {
      return inbox.octets;
    },
    messages: inbox.messages,
    tokens: inbox.tokens,
    duplicates: () => inbox.duplicates(),
    connections,
    misbehaviour,
    answer(next) {
      answers = next;
    },
    async waitForCount(count, timeoutMs = 15_000) {
      const what = `${count} messages at ${name} (${address})`;
      const enough = (): boolean => {
        if (inbox.count < count) throw new Error(`${inbox.count} so far`);
        return true;
      };
      await waitFor(enough, { what, timeoutMs });
      return inbox.messages;
    },
    clear: () => inbox.clear(),
    cut,
    close,
    [Symbol.asyncDispose]: close,
  };
}
