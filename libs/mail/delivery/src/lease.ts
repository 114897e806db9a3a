import type { ClaimedMessage } from '@postern/queue';
import type { DeliveryContext } from './context.ts';

/** The lease of one claim: kept alive while something of it is open, and known to be lost before anyone else can take over. */
export class Lease {
  readonly token: string;
  readonly #context: Pick<DeliveryContext, 'store' | 'clock' | 'settings' | 'log'>;
  readonly #open: Set<string>;
  readonly #closing = new Set<Promise<void>>();
  #until: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    token: string,
    messages: readonly ClaimedMessage[],
    claimedAtMs: number,
    context: Pick<DeliveryContext, 'store' | 'clock' | 'settings' | 'log'>,
  ) {
    this.token = token;
    this.#context = context;
    this.#open = new Set(messages.flatMap((message) => message.recipients.map((recipient) => recipient.id)));
    this.#until = claimedAtMs + context.settings.leaseMs;
    this.#timer =
      this.#open.size > 0 ? setInterval(() => void this.#prolong(), context.settings.leaseMs / 3) : undefined;
  }

  /**
   * Whether the recipients are surely still ours. Counted from before the store was asked, by a clock that does not jump,
   * and given up a fifth early: nobody else may send what we are about to send.
   */
  isHeld(): boolean {
    return this.#context.clock.monotonicMs() < this.#until - this.#context.settings.leaseMs / 5;
  }

  /** How many recipients have no outcome yet. */
  get open(): number {
    return this.#open.size;
  }

  /** The recipient's outcome is on its way to the store; it counts as open until it is there. */
  closeWhen(recipientId: string, recorded: Promise<unknown>): void {
    const closing: Promise<void> = recorded.then(() => {
      this.#closing.delete(closing);
      this.close(recipientId);
    });
    this.#closing.add(closing);
  }

  /** Resolves when every outcome that is on its way has arrived. */
  async settled(): Promise<void> {
    while (this.#closing.size > 0) await Promise.all(this.#closing);
  }

  /** A recipient has an outcome, or is no longer ours; the lease ends with the last of them. */
  close(recipientId: string): void {
    this.#open.delete(recipientId);
    if (this.#open.size === 0) this.end();
  }

  /** Lets the lease run out, so that the store gives what is still open to somebody else. */
  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #prolong(): Promise<void> {
    const { store, clock, settings, log } = this.#context;
    const asked = clock.monotonicMs();
    try {
      if (await store.prolong(this.token, settings.leaseMs)) {
        this.#until = asked + settings.leaseMs;
        return;
      }
      this.#until = 0;
      log.warn({ leaseToken: this.token, open: this.#open.size }, 'lease lost');
    } catch (cause) {
      log.warn({ err: cause, leaseToken: this.token }, 'lease not prolonged');
    }
  }
}

/** Waits until the outcomes of leases are in the store, and lets go of what has none: a lane that ends holds nothing. */
export async function letGo(leases: Iterable<Lease>): Promise<void> {
  for (const lease of leases) {
    await lease.settled();
    lease.end();
  }
}
