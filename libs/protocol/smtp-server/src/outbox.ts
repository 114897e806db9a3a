import { formatReply, type Reply } from '@postern/smtp';
import type { Carrier } from './carrier.ts';

/** Replies in the order of their commands, sent together where they may be (RFC 2920 §3.2). */
export class Outbox {
  readonly #carrier: Pick<Carrier, 'send'>;
  #octets = '';

  constructor(carrier: Pick<Carrier, 'send'>) {
    this.#carrier = carrier;
  }

  put(reply: Reply): void {
    this.#octets += formatReply(reply);
  }

  flush(): void {
    if (this.#octets === '') return;
    const octets = this.#octets;
    this.#octets = '';
    this.#carrier.send(octets);
  }
}
