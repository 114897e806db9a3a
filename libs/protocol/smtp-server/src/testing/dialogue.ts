import { replies } from '@postern/smtp';
import { Conversation } from '../conversation.ts';
import type { Client, TlsFacts } from '../client.ts';
import {
  ACCEPTED,
  refused,
  type ContentSink,
  type ContentSummary,
  type SubmissionPolicy,
  type Transaction,
} from '../policy.ts';
import { DEFAULT_SERVER_LIMITS, settingsOf, type ServerLimits, type ServerSettings } from '../settings.ts';
import { isRight, verifiersOf } from './right-credentials.ts';

/** A message as the policy of a dialogue took it. */
export interface TakenMessage {
  readonly transaction: Transaction;
  readonly content: string;
  readonly summary: ContentSummary;
}

export interface DialogueOptions {
  readonly listener?: Client['listener'];
  readonly tls?: 'active' | 'absent';
  readonly certificate?: 'present' | 'absent';
  readonly limits?: Partial<ServerLimits>;
  readonly policy?: Partial<SubmissionPolicy>;
  readonly mechanisms?: ServerSettings['mechanisms'];
  readonly profile?: ServerSettings['profile'];
  /** What the channel has beyond its protocol. */
  readonly channel?: Partial<TlsFacts>;
}

/** A conversation whose client is the test: it says lines and reads what was sent. By default it goes well. */
export class Dialogue {
  readonly messages: TakenMessage[] = [];
  readonly aborts: string[] = [];
  readonly faults: unknown[] = [];
  readonly conversation: Conversation;
  sent = '';
  closed = false;
  startingTls = false;
  ended = 0;

  constructor(options: DialogueOptions = {}) {
    const { listener = 'relay', tls = 'absent', certificate = 'present', limits, policy } = options;
    const { mechanisms, profile, channel } = options;
    const client: Client = {
      session: { id: '1', end: (reply) => this.conversation.happen({ kind: 'end', reply }) },
      listener,
      profile: profile?.name ?? 'standard',
      address: '192.0.2.1',
      port: 1025,
      localAddress: '192.0.2.2',
      localPort: 25,
      name: undefined,
      esmtp: false,
      tls: tls === 'active' ? { ...TLS, ...channel } : undefined,
    };
    this.conversation = new Conversation({
      client,
      settings: settingsOf({
        listener,
        hostname: 'gw.example',
        certificate,
        ...(mechanisms ? { mechanisms } : {}),
        ...(profile ? { profile } : {}),
        limits: { ...DEFAULT_SERVER_LIMITS, ...limits },
      }),
      policy: { ...this.#policy(), ...policy },
      carrier: {
        send: (octets) => void (this.sent += octets),
        startTls: () => void (this.startingTls = true),
        pause: () => undefined,
        resume: () => undefined,
        close: () => void (this.closed = true),
        fault: (error) => void this.faults.push(error),
      },
    });
    this.conversation.start();
  }

  /** A dialogue after the greeting and EHLO, authenticated where that is needed. */
  static async greeted(options: DialogueOptions = {}): Promise<Dialogue> {
    const dialogue = new Dialogue({
      tls: options.listener && options.listener !== 'relay' ? 'active' : 'absent',
      ...options,
    });
    await settled();
    await dialogue.say('EHLO client.example');
    const isKnown = options.listener === undefined || options.listener === 'relay';
    if (!isKnown) await dialogue.say(`AUTH PLAIN ${Buffer.from('\0app1\0secret').toString('base64')}`);
    return dialogue;
  }

  /** Says lines, each with CRLF, all at once; answers what is sent then, by line. */
  async say(...lines: readonly string[]): Promise<string[]> {
    return this.octets(lines.map((line) => `${line}\r\n`).join(''));
  }

  /** Sends octets as they are (a string as Latin-1). */
  async octets(octets: string | Buffer): Promise<string[]> {
    this.sent = '';
    this.conversation.octets(typeof octets === 'string' ? Buffer.from(octets, 'latin1') : Buffer.from(octets));
    await settled();
    return this.lines();
  }

  /** What has been sent since the last saying. */
  lines(): string[] {
    return this.sent.split('\r\n').slice(0, -1);
  }

  #policy(): SubmissionPolicy {
    return {
      connected: () => ACCEPTED,
      authenticate: (credentials) =>
        isRight(credentials)
          ? { kind: 'accepted', as: { name: credentials.name ?? '' } }
          : refused(replies.authenticationRefused),
      verifiers: verifiersOf,
      mail: () => ACCEPTED,
      rcpt: () => ACCEPTED,
      content: (transaction) => ({ kind: 'accepted', sink: this.#sink(transaction) }),
      closed: () => void this.ended++,
    };
  }

  #sink(transaction: Transaction): ContentSink {
    let content = '';
    return {
      write: (chunk) => void (content += chunk.toString('latin1')),
      end: (summary) => {
        this.messages.push({ transaction, content, summary });
        return Promise.resolve(replies.accepted(String(this.messages.length)));
      },
      abort: (reason) => void this.aborts.push(reason),
    };
  }
}

export const TLS = Object.freeze({ protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', serverName: undefined });

/** When every promise of a policy that answers at once has been followed. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
