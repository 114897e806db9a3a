import { replyText, type Reply } from '@postern/smtp';
import { answer } from './answer.ts';
import type { Extensions } from './extensions.ts';
import { connectionFault, type ConnectionFault, type FaultKind } from './fault.ts';
import { Running, type Awaiting } from './running.ts';
import type { Transaction, TransactionEnd } from './transaction.ts';

/** What a conversation wants done, in this order. */
export type Order =
  | { readonly kind: 'send'; readonly text: string }
  /** The content, stuffed, the final dot, and `thenSend` behind it. A stream is answered with `contentSent` before its dot goes out. */
  | { readonly kind: 'send content'; readonly transaction: Transaction; readonly thenSend: string }
  | { readonly kind: 'end'; readonly ticket: number; readonly end: TransactionEnd }
  /** The session is over; without a fault it ended as asked. */
  | { readonly kind: 'close'; readonly fault?: ConnectionFault };

export interface ConversationOptions {
  readonly extensions: Extensions;
  readonly clock: { monotonicMs(): number };
}

/**
 * The mail transactions of an open session (RFC 5321 §3.3), one after the other, pipelined where the host offers it (RFC 2920).
 *
 * Nothing is done here: events come in, orders come out. A recipient is accepted only when MAIL, its own RCPT and the
 * final dot were each answered 2yz, in order, and not before they were sent.
 */
export class Conversation {
  readonly #extensions: Extensions;
  readonly #clock: { monotonicMs(): number };
  /** The transactions whose commands were sent, oldest first: at most two. */
  readonly #running: Running[] = [];
  readonly #waiting: Running[] = [];
  /** Commands, final dots among them, that were sent and not answered. */
  #unanswered = 0;
  #handedIn = 0;
  #tickets = 0;
  #needsRset = false;
  #quit: 'no' | 'asked' | 'sent' = 'no';
  #over = false;
  #orders: Order[] = [];

  constructor({ extensions, clock }: ConversationOptions) {
    this.#extensions = extensions;
    this.#clock = clock;
  }

  /** Whether another transaction may be handed in. */
  get usable(): boolean {
    const { mailMax } = this.#extensions.limits;
    return !this.#over && this.#quit === 'no' && (mailMax === undefined || this.#handedIn < mailMax);
  }

  /** What the host owes us, for the timeouts of RFC 5321 §4.5.3.2. */
  get awaiting(): Awaiting | 'quit' | 'nothing' {
    const [first] = this.#running;
    if (first) return first.awaiting;
    return this.#quit === 'sent' ? 'quit' : 'nothing';
  }

  /** Hands a transaction in. Its end comes as an order with this ticket, maybe at once. */
  handIn(transaction: Transaction): { readonly ticket: number; readonly orders: readonly Order[] } {
    const running = new Running((this.#tickets += 1), transaction, this.#extensions);
    if (running.envelope.rcpts.length === 0) this.#ended(running);
    else if (!this.usable) this.#ended(running, running.fault('local', 'the session takes no more transactions'));
    else {
      this.#handedIn += 1;
      this.#waiting.push(running);
      this.#sendNext();
    }
    return { ticket: running.ticket, orders: this.#take() };
  }

  /** Replies as they came in together. Those beyond what was asked before they came answer nothing. */
  receive(replies: readonly Reply[]): readonly Order[] {
    let asked = this.#unanswered;
    for (const reply of replies) {
      if (this.#over) break;
      if (asked === 0) this.#unasked(reply);
      else {
        asked -= 1;
        this.#unanswered -= 1;
        this.#answered(reply);
      }
    }
    return this.#take();
  }

  /** A stream's content has been sent, and its final dot goes out next; orders are to be sent behind it. */
  contentSent(): readonly Order[] {
    const [first] = this.#running;
    if (this.#over || first?.awaiting !== 'content') return [];
    first.awaiting = 'final';
    this.#unanswered += 1;
    this.#sendNext();
    return this.#take();
  }

  /** The connection is gone, or must not be used any more. */
  broken(kind: FaultKind, reason: string): readonly Order[] {
    if (!this.#over) this.#break(kind, reason);
    return this.#take();
  }

  /** QUIT, when the transactions handed in have ended. */
  quit(): readonly Order[] {
    if (this.#quit === 'no') this.#quit = 'asked';
    this.#quitIfIdle();
    return this.#take();
  }

  #answered(reply: Reply): void {
    const [first] = this.#running;
    if (!first) return this.#bye();
    first.book(first.awaiting === 'final' ? 'content' : first.awaiting, this.#clock.monotonicMs());
    if (reply.code === 421) return this.#closing(reply, first);
    const next = answer(first, reply, this.#extensions);
    switch (next.kind) {
      case 'wait':
        return;
      case 'send':
        return this.#send(next.text);
      case 'send content':
        return this.#sendContent(first);
      case 'ended':
        return this.#endFirst(first);
      case 'ended without content':
        this.#needsRset = true;
        return this.#endFirst(first);
      case 'given up':
        this.#needsRset = true;
        return this.#endFirst(first, first.fault('local', GIVEN_UP));
      case 'given up inside DATA':
        return this.#break('local', GIVEN_UP);
      case 'nonsense':
        return this.#break('protocol', `${next.command} answered ${replyText(reply)}`, reply);
    }
  }

  #sendContent(first: Running): void {
    const { transaction } = first;
    const streamed = 'stream' in transaction.content;
    first.awaiting = streamed ? 'content' : 'final';
    this.#unanswered += streamed ? 0 : 1;
    this.#orders.push({ kind: 'send content', transaction, thenSend: streamed ? '' : this.#nextCommands() });
  }

  #endFirst(first: Running, fault?: ConnectionFault): void {
    this.#running.shift();
    this.#ended(first, fault);
    this.#running[0]?.mark(this.#clock.monotonicMs());
    this.#sendNext();
    this.#quitIfIdle();
  }

  #sendNext(): void {
    const text = this.#nextCommands();
    if (text !== '') this.#orders.push({ kind: 'send', text });
  }

  /** The commands of the next transaction, if they may go out now: alone, or behind a final dot. */
  #nextCommands(): string {
    const [before] = this.#running;
    const { pipelining } = this.#extensions;
    const free = before === undefined || (pipelining && this.#running.length === 1 && before.awaiting === 'final');
    const next = free && !this.#over ? this.#waiting.shift() : undefined;
    if (!next) return '';
    this.#running.push(next);
    next.mark(this.#clock.monotonicMs());
    const rset = this.#needsRset ? 'RSET\r\n' : '';
    this.#needsRset = false;
    if (rset !== '') next.awaiting = 'rset';
    const { mail, rcpts } = next.envelope;
    this.#unanswered += pipelining ? rcpts.length + (rset === '' ? 2 : 3) : 1;
    if (!pipelining) return rset === '' ? mail : rset;
    return `${rset}${mail}${rcpts.length === 1 ? rcpts[0] : rcpts.join('')}DATA\r\n`;
  }

  /** A reply to nothing: the host closes (RFC 5321 §3.8), gives up on content half sent, or does not speak SMTP. */
  #unasked(reply: Reply): void {
    const [first] = this.#running;
    if (reply.code === 421) return this.#closing(reply, first);
    if (first?.awaiting === 'content' && reply.code >= 400) {
      first.refuse(reply);
      return this.#break('refused', `the host refused the content before its end: ${replyText(reply)}`, reply);
    }
    this.#break('protocol', `the host said ${replyText(reply)} to nothing`, reply);
  }

  #closing(reply: Reply, first: Running | undefined): void {
    first?.refuse(reply);
    this.#break('refused', `the host closes: ${replyText(reply)}`, reply);
  }

  /** Ends the session and whatever is under way in it. Verdicts that were given stand. */
  #break(kind: FaultKind, reason: string, reply?: Reply): void {
    this.#over = true;
    const all = [...this.#running.splice(0), ...this.#waiting.splice(0)];
    for (const each of all) this.#ended(each, each.fault(kind, reason, reply));
    const idle = connectionFault({ stage: 'mail', kind, reason, ...(reply ? { reply } : {}) });
    this.#orders.push({ kind: 'close', fault: all[0]?.fault(kind, reason, reply) ?? idle });
  }

  #ended(running: Running, fault?: ConnectionFault): void {
    this.#orders.push({ kind: 'end', ticket: running.ticket, end: running.end(fault) });
  }

  #send(text: string): void {
    this.#unanswered += 1;
    this.#orders.push({ kind: 'send', text });
  }

  /** The reply to QUIT, whatever it says. */
  #bye(): void {
    this.#over = true;
    this.#orders.push({ kind: 'close' });
  }

  #quitIfIdle(): void {
    if (this.#quit !== 'asked' || this.#over || this.#running.length > 0 || this.#waiting.length > 0) return;
    this.#quit = 'sent';
    this.#send('QUIT\r\n');
  }

  #take(): readonly Order[] {
    const orders = this.#orders;
    this.#orders = [];
    return orders;
  }
}

const GIVEN_UP = 'given up before the content was sent';
