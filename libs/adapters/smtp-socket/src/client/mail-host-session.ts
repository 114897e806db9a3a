import type { Reply } from '@postern/smtp';
import {
  Conversation,
  type ConnectionFacts,
  type Content,
  type FaultKind,
  type MailHostConnection,
  type Order,
  type Transaction,
  type TransactionEnd,
} from '@postern/smtp-client';
import { sendInline, sendStream } from './send-content.ts';
import type { ClientTimeouts } from './timeouts.ts';
import type { Wire, WireListener } from './wire.ts';

/** An open session: carries a conversation's orders out on a wire, and the wire's replies to the conversation. */
export class MailHostSession implements MailHostConnection, WireListener {
  readonly facts: ConnectionFacts;
  readonly #wire: Wire;
  readonly #timeouts: ClientTimeouts;
  readonly #conversation: Conversation;
  readonly #ends = new Map<number, (end: TransactionEnd) => void>();
  readonly #over: Promise<void>;
  #tellOver: () => void = () => undefined;
  #awaited: Conversation['awaiting'] = 'nothing';

  constructor(facts: ConnectionFacts, wire: Wire, timeouts: ClientTimeouts) {
    this.facts = facts;
    this.#wire = wire;
    this.#timeouts = timeouts;
    this.#conversation = new Conversation({
      extensions: facts.extensions,
      clock: { monotonicMs: () => performance.now() },
    });
    this.#over = new Promise((resolve) => (this.#tellOver = resolve));
    wire.listener = this;
    wire.expect('nothing', Infinity);
  }

  get usable(): boolean {
    return this.#wire.open && this.#conversation.usable;
  }

  transact(transaction: Transaction): Promise<TransactionEnd> {
    return new Promise((resolve) => {
      const { ticket, orders } = this.#conversation.handIn(transaction);
      this.#ends.set(ticket, resolve);
      this.#carry(orders);
    });
  }

  async close(): Promise<void> {
    this.#carry(this.#conversation.quit());
    await this.#over;
  }

  destroy(): void {
    this.#carry(this.#conversation.broken('local', 'the session was ended'));
    this.#wire.destroy();
  }

  replies(replies: readonly Reply[]): void {
    this.#awaited = 'nothing';
    this.#carry(this.#conversation.receive(replies));
  }

  ended(kind: FaultKind, reason: string): void {
    this.#carry(this.#conversation.broken(kind, reason));
  }

  #carry(orders: readonly Order[]): void {
    const [only] = orders;
    if (only && orders.length === 1) this.#do(only);
    else this.#wire.together(() => orders.forEach((order) => this.#do(order)));
    this.#expect();
  }

  #do(order: Order): void {
    switch (order.kind) {
      case 'send':
        return this.#wire.send(order.text);
      case 'send content':
        return this.#sendContent(order.transaction, order.thenSend);
      case 'end':
        this.#ends.get(order.ticket)?.(order.end);
        return void this.#ends.delete(order.ticket);
      case 'close':
        return this.#close({ politely: order.fault === undefined });
    }
  }

  #sendContent({ content }: Transaction, thenSend: string): void {
    if ('octets' in content) return sendInline(this.#wire, content, thenSend);
    void this.#sendStream(content);
  }

  async #sendStream(content: Extract<Content, { stream: unknown }>): Promise<void> {
    try {
      const finalDot = await sendStream(this.#wire, content, { blockMs: this.#timeouts.contentBlockMs });
      const orders = finalDot ? this.#conversation.contentSent() : [];
      // The session may have ended while the last block went out, and with it the right to send a dot.
      if (!finalDot || this.#conversation.awaiting !== 'final') return;
      this.#wire.together(() => {
        this.#wire.write(finalDot);
        this.#carry(orders);
      });
    } catch (error) {
      // What was sent has no end and gets none: a dot would make a whole message of it.
      this.#carry(this.#conversation.broken('local', `the content could not be read: ${String(error)}`));
    }
  }

  #close({ politely }: { politely: boolean }): void {
    if (politely) this.#wire.finish(this.#timeouts.quitMs);
    else this.#wire.destroy();
    this.#tellOver();
  }

  /** Each reply gets its own time; what is handed in meanwhile does not prolong it. */
  #expect(): void {
    const { awaiting } = this.#conversation;
    if (awaiting === this.#awaited) return;
    this.#awaited = awaiting;
    const [what, timeout] = EXPECTATIONS[awaiting];
    // While content is streamed, its sender moves the deadline.
    if (awaiting !== 'content') this.#wire.expect(what, timeout === undefined ? Infinity : this.#timeouts[timeout]);
  }
}

const EXPECTATIONS = {
  nothing: ['nothing', undefined],
  rset: ['the reply to RSET', 'mailMs'],
  mail: ['the reply to MAIL', 'mailMs'],
  rcpt: ['the reply to RCPT', 'rcptMs'],
  data: ['the reply to DATA', 'dataMs'],
  content: ['a block of content', 'contentBlockMs'],
  final: ['the reply to the final dot', 'finalMs'],
  quit: ['the reply to QUIT', 'quitMs'],
} as const satisfies Record<Conversation['awaiting'], readonly [string, keyof ClientTimeouts | undefined]>;
