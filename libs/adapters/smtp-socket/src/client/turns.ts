import { replyText, type Reply } from '@postern/smtp';
import type { FaultKind } from '@postern/smtp-client';
import type { WireListener } from './wire.ts';

/** What was heard on one's turn. */
export type Heard =
  | { readonly kind: 'replied'; readonly reply: Reply }
  | { readonly kind: 'ended'; readonly fault: FaultKind; readonly reason: string };

/** A wire heard in turns: one command, one reply. Words out of turn end the conversation. */
export class Turns implements WireListener {
  #waiting: ((heard: Heard) => void) | undefined;
  #early: Heard | undefined;

  /** The next reply, or the end. */
  next(): Promise<Heard> {
    return new Promise((resolve) => {
      if (this.#early) resolve(this.#early);
      else this.#waiting = resolve;
    });
  }

  replies(replies: readonly Reply[]): void {
    const closing = replies.find(({ code }) => code === 421);
    const [reply] = replies;
    if (closing) this.#hear({ kind: 'replied', reply: closing });
    else if (reply && replies.length === 1 && this.#waiting) this.#hear({ kind: 'replied', reply });
    else if (reply)
      this.#hear({ kind: 'ended', fault: 'protocol', reason: `the host spoke out of turn: ${replyText(reply)}` });
  }

  ended(fault: FaultKind, reason: string): void {
    this.#hear({ kind: 'ended', fault, reason });
  }

  #hear(heard: Heard): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) waiting(heard);
    else this.#early ??= heard;
  }
}
