import type { Socket } from 'node:net';
import { ReplyReader, type Reply, type ReplyFault } from '@postern/smtp';
import type { FaultKind } from '@postern/smtp-client';

/** What hears a wire. */
export interface WireListener {
  /** Replies that came in together. */
  replies(replies: readonly Reply[]): void;
  /** The connection is gone; said once, and nothing follows. */
  ended(kind: FaultKind, reason: string): void;
}

/** A connection to a mail host: replies in, octets out, one deadline. No event of its socket goes unheard. */
export class Wire {
  listener: WireListener;
  readonly socket: Socket;
  readonly #reader = new ReplyReader();
  readonly #watch: NodeJS.Timeout;
  #deadlineMs = Infinity;
  #awaited = '';
  #open = true;

  constructor(socket: Socket, options: { readonly listener: WireListener; readonly tickMs: number }) {
    this.socket = socket;
    this.listener = options.listener;
    // One coarse timer for a connection's life: the deadline moves with every reply, and moving a number is free.
    this.#watch = setInterval(() => this.#check(), options.tickMs).unref();
    socket.on('data', this.#data).on('error', this.#error).on('end', this.#end).on('close', this.#end);
    if (socket.destroyed) queueMicrotask(this.#end);
  }

  get open(): boolean {
    return this.#open;
  }

  /** Whether part of a reply is there. */
  get unfinished(): boolean {
    return this.#reader.unfinished;
  }

  /** Within what time `what` must happen; Infinity for none. */
  expect(what: string, withinMs: number): void {
    this.#awaited = what;
    this.#deadlineMs = performance.now() + withinMs;
  }

  send(text: string): void {
    if (this.#open) this.socket.write(text, 'utf8');
  }

  /** False when the octets wait in this process: hold on until `drained`. */
  write(octets: Buffer): boolean {
    return !this.#open || this.socket.write(octets);
  }

  /** What is written inside goes out in as few packets as can be. */
  together(work: () => void): void {
    this.socket.cork();
    try {
      work();
    } finally {
      this.socket.uncork();
    }
  }

  /** When the socket takes octets again; also when it is gone. */
  async drained(): Promise<void> {
    if (!this.#open || !this.socket.writableNeedDrain) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.socket.off('drain', done).off('close', done);
        resolve();
      };
      this.socket.on('drain', done).on('close', done);
    });
  }

  /** Ends the connection politely, and after a moment in any case. */
  finish(graceMs: number): void {
    if (!this.#open) return;
    this.#silence();
    const timer = setTimeout(() => this.socket.destroy(), graceMs).unref();
    this.socket.once('close', () => clearTimeout(timer));
    this.socket.resume().end();
  }

  /** Ends the connection at once, and says nothing more. */
  destroy(): void {
    if (this.#open) this.#silence();
    this.socket.destroy();
  }

  /** Lets the socket go, for a TLS handshake over it. Nobody hears its errors until the next owner does. */
  release(): Socket {
    this.#silence();
    return this.socket.off('data', this.#data).off('error', this.#error).off('end', this.#end).off('close', this.#end);
  }

  readonly #data = (chunk: Buffer): void => {
    if (!this.#open) return;
    const { replies, fault } = this.#reader.push(chunk);
    try {
      if (replies.length > 0) this.listener.replies(replies);
    } catch (error) {
      this.#lost('local', `a fault of ours: ${String(error)}`);
    }
    if (fault !== undefined) this.#lost('protocol', FAULTS[fault]);
  };

  readonly #error = (error: NodeJS.ErrnoException): void => {
    this.#lost('lost', `the connection was lost: ${error.code ?? error.message}`);
  };

  readonly #end = (): void => this.#lost('lost', 'the host closed the connection');

  #check(): void {
    if (performance.now() >= this.#deadlineMs) this.#lost('timeout', `the host took too long for ${this.#awaited}`);
  }

  #lost(kind: FaultKind, reason: string): void {
    if (!this.#open) return;
    this.#silence();
    this.socket.destroy();
    this.listener.ended(kind, reason);
  }

  #silence(): void {
    this.#open = false;
    clearInterval(this.#watch);
  }
}

const FAULTS: Readonly<Record<ReplyFault, string>> = {
  'malformed-line': 'the host sent a line that is no reply',
  'mixed-codes': 'the host sent a reply of lines with different codes',
  'line-too-long': 'the host sent a reply line without end',
  'too-many-lines': 'the host sent a reply of lines without end',
};
