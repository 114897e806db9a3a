import type { ConnectionFault, MailHostConnection } from '@postern/smtp-client';
import type { PaceLimits } from '@postern/pace';
import { connectNextHop, type Connected } from './connect.ts';
import { mayShare, sharedWith } from './sharing.ts';
import type { DeliveryContext } from './context.ts';
import { tellSession } from './session-result.ts';
import type { NextHop } from './next-hop.ts';
import { localReply, type NoSession } from './no-session.ts';
import { recordReply } from './recorded.ts';

/**
 * A lane's connection to its next hop, opened when it is needed and reused while it is sound.
 *
 * A fresh connection that breaks before a host decided anything counts against that host: the next one is tried instead.
 */
export class Link {
  readonly #context: DeliveryContext;
  readonly #signal: AbortSignal;
  /** The addresses that broke under the mail at hand, and how. */
  readonly #broken = new Map<string, NoSession>();
  #current: (Connected & { kind: 'connected' }) | undefined;
  #leaving: MailHostConnection | undefined;
  #proven = false;
  #opening: { readonly key: string; readonly connected: Promise<Connected> } | undefined;

  /** How many messages the connection has carried, and since when it is open. */
  #messages = 0;
  #openedMs = 0;
  readonly #limits: () => PaceLimits['connection'];

  constructor(context: DeliveryContext, signal: AbortSignal, limits: () => PaceLimits['connection']) {
    this.#context = context;
    this.#signal = signal;
    this.#limits = limits;
  }

  /** Whether the connection at hand may be used for this hop. */
  isReady(hop: NextHop): boolean {
    const current = this.#current;
    return current !== undefined && current.connection.usable && mayShare(current, hop) && !this.#usedUp();
  }

  /** The connection at hand, when the mail of this hop may use it, or a new one. */
  async ready(hop: NextHop): Promise<Connected> {
    for (;;) {
      const current = this.#current;
      if (current && this.isReady(hop)) {
        const shared = sharedWith(current, hop);
        tellSession(shared, this.#context.results);
        return shared;
      }
      const opening = this.#opening;
      if (!opening) break;
      const opened = await opening.connected;
      if (opening.key === hop.channel.key) return opened;
    }
    const connected = this.#open(hop).finally(() => (this.#opening = undefined));
    this.#opening = { key: hop.channel.key, connected };
    return connected;
  }

  async #open(hop: NextHop): Promise<Connected> {
    await this.close();
    const connected = await connectNextHop(hop, this.#context, { broken: this.#broken, signal: this.#signal });
    if (connected.kind === 'connected') this.#current = connected;
    else this.#broken.clear();
    this.#proven = false;
    this.#messages = 0;
    this.#openedMs = this.#context.clock.monotonicMs();
    return connected;
  }

  /** A message goes over this connection. */
  use(connection: MailHostConnection): void {
    if (this.#current?.connection === connection) this.#messages += 1;
  }

  /** Whether a message was decided over this very connection before. */
  isProven(connection: MailHostConnection): boolean {
    return this.#proven && this.#current?.connection === connection;
  }

  #usedUp(): boolean {
    const { messages, seconds } = this.#limits();
    return this.#messages >= messages || this.#context.clock.monotonicMs() - this.#openedMs >= seconds * 1_000;
  }

  /** The host has decided about a message: it is a working host. */
  prove(): void {
    this.#proven = true;
    this.#broken.clear();
  }

  /** The connection broke under a message. */
  broke(connection: MailHostConnection, { stage, enhanced, reason, reply }: ConnectionFault): void {
    if (this.#current?.connection !== connection) return;
    const { host, address } = connection.facts;
    // RFC 5321 §3.8: what it said when it closed is meant for all that was to come.
    const said = reply?.code === 421 ? recordReply(reply) : localReply(451, enhanced, reason);
    if (!this.#proven) this.#broken.set(address, { stage, host, address, reply: said, stepsMs: {} });
    this.#current = undefined;
    connection.destroy();
  }

  /** What broke, broke under mail that has its outcome: the next mail finds out anew. */
  forgetBroken(): void {
    this.#broken.clear();
  }

  /** Whether a message that found the connection broken before it was sent may be sent again at once. */
  get hasMoreToTry(): boolean {
    return this.#proven || this.#broken.size < this.#context.settings.maxAddresses;
  }

  async close(): Promise<void> {
    this.#leaving = this.#current?.connection;
    this.#current = undefined;
    await this.#leaving?.close();
    this.#leaving = undefined;
  }

  /** Cuts the connection, whatever is under way on it. */
  destroy(): void {
    this.#current?.connection.destroy();
    this.#leaving?.destroy();
  }
}
