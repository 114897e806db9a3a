import type { Reply } from '@postern/smtp';
import { ReplyReader } from '@postern/smtp';
import { Conversation, type Order } from '../conversation.ts';
import { noExtensions, parseExtensions } from '../extensions.ts';
import type { Transaction, TransactionEnd } from '../transaction.ts';

/** Replies as a host would write them. */
export function replies(...lines: string[]): readonly Reply[] {
  return new ReplyReader().push(Buffer.from(lines.map((line) => `${line}\r\n`).join(''))).replies;
}

export function oneReply(...lines: string[]): Reply {
  const [first] = replies(...lines);
  if (!first) throw new Error('no whole reply');
  return first;
}

/** A transaction that any host takes. */
export function someMail(changes: Partial<Transaction> = {}): Transaction {
  return {
    reversePath: 'a@example.org',
    recipients: ['b@example.com'],
    sizeOctets: 100,
    body: '7BIT',
    smtpUtf8: false,
    content: { head: Buffer.from('A: b\r\n'), octets: Buffer.from('\r\nc\r\n') },
    ...changes,
  };
}

/** A conversation of which one sees only what a host and a caller see: texts, and ends by ticket. */
export class Talk {
  readonly conversation: Conversation;
  readonly ends: TransactionEnd[] = [];
  closed: (Order & { kind: 'close' }) | undefined;

  constructor(...offers: string[]) {
    const extensions = offers[0] === 'HELO' ? noExtensions() : parseExtensions({ code: 250, lines: ['mx', ...offers] });
    let nowMs = 0;
    this.conversation = new Conversation({ extensions, clock: { monotonicMs: () => (nowMs += 1) } });
  }

  handIn(transaction: Transaction): string {
    return this.#carry(this.conversation.handIn(transaction).orders);
  }

  /** What is sent after replies that come in together. */
  hears(...lines: string[]): string {
    return this.#carry(this.conversation.receive(replies(...lines)));
  }

  contentSent(): string {
    return this.#carry(this.conversation.contentSent());
  }

  lost(): string {
    return this.#carry(this.conversation.broken('lost', 'the connection was lost'));
  }

  quit(): string {
    return this.#carry(this.conversation.quit());
  }

  /** The kinds of the recipients' ends, by transaction. */
  get kinds(): readonly (readonly string[])[] {
    return this.ends.map(({ recipients }) => recipients.map((end) => end.kind));
  }

  #carry(orders: readonly Order[]): string {
    let sent = '';
    for (const order of orders) {
      if (order.kind === 'send') sent += order.text;
      if (order.kind === 'send content') sent += `{content}${order.thenSend}`;
      if (order.kind === 'end') this.ends.push(order.end);
      if (order.kind === 'close') this.closed = order;
    }
    return sent;
  }
}
