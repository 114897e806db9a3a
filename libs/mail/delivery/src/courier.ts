import type { TransactionEnd } from '@postern/smtp-client';
import type { Connected } from './connect.ts';
import type { DeliveryContext, OutboundQueue } from './context.ts';
import { cutToFit } from './cut-to-fit.ts';
import { type Heard, heedReply } from './heed.ts';
import type { LaneSlot } from './lane-slot.ts';
import type { Lease } from './lease.ts';
import { Link } from './link.ts';
import type { NextHop } from './next-hop.ts';
import { localReply, type NoSession } from './no-session.ts';
import { recordReply } from './recorded.ts';
import { concludeNoSession, concludeTransaction, transaction, type Parcel } from './send.ts';

/** Transactions under way on one connection: the next one's commands travel behind the final dot of the one before (RFC 2920). */
const PIPELINE = 2;

/** Carries a lane's parcels to their next hop: one connection, and what is under way on it. */
export class Courier {
  readonly #queue: OutboundQueue;
  readonly #context: DeliveryContext;
  readonly #signal: AbortSignal;
  readonly #slot: LaneSlot;
  readonly #link: Link;
  readonly #underWay = new Set<Promise<void>>();
  readonly #telling = new Set<Promise<void>>();
  /** Tells the sender, who waits for room on the connection, to look again. */
  #lookAgain: () => void = () => undefined;

  constructor(
    queue: OutboundQueue,
    context: DeliveryContext,
    { signal, slot }: { readonly signal: AbortSignal; readonly slot: LaneSlot },
  ) {
    this.#slot = slot;
    this.#queue = queue;
    this.#context = context;
    this.#signal = signal;
    this.#link = new Link(context, signal, () => context.book.limits(queue.id).connection);
  }

  /** Resolves when nothing is under way: all mail at hand has its outcome. */
  async idle(): Promise<void> {
    await Promise.all(this.#underWay);
    this.#link.forgetBroken();
  }

  /** Ends the connection when nothing is under way. */
  async close(): Promise<void> {
    await this.idle();
    await this.#link.close();
    await Promise.all(this.#telling);
  }

  /** Lets go of a sender who waits for room. */
  lookAgain(): void {
    this.#lookAgain();
  }

  /** Cuts the connection, whatever is under way on it. */
  destroy(): void {
    this.#link.destroy();
  }

  /** Puts a parcel on the line, waiting for room in the pipeline; answers why it was not put there. */
  async send(parcel: Parcel, hop: NextHop, started: Started): Promise<NoSession | undefined> {
    await this.#room(PIPELINE - 1);
    // What is sent while the store lags behind would be sent twice if this process died.
    await this.#context.recorder.room(this.#signal);
    let connected = await this.#ready(hop);
    if (connected.kind === 'connected' && !connected.connection.facts.extensions.pipelining) {
      await this.#room(0);
      connected = await this.#ready(hop);
    }
    if (connected.kind === 'failed') return connected.failure;
    if (this.#signal.aborted) return STOPPED;
    const tracked: Promise<void> = this.#transact(parcel, hop, { connected, started, mayRepeat: true })
      .catch((cause: unknown) =>
        this.#context.log.error({ err: cause, messageId: parcel.message.id }, 'no outcome, its lease will end'),
      )
      .finally(() => {
        this.#underWay.delete(tracked);
        this.#lookAgain();
      });
    this.#underWay.add(tracked);
    return undefined;
  }

  /** A host that does not answer keeps this lane, and not the place of another one. */
  async #ready(hop: NextHop): Promise<Connected> {
    if (this.#link.isReady(hop)) return this.#link.ready(hop);
    const slow = setTimeout(() => this.#slot.free(), this.#context.settings.slowDialMs);
    try {
      return await this.#link.ready(hop);
    } finally {
      clearTimeout(slow);
    }
  }

  /** Waits until no more than `most` transactions are under way, or the lane is told to stop. */
  async #room(most: number): Promise<void> {
    while (this.#underWay.size > most && !this.#signal.aborted)
      await new Promise<void>((resolve) => (this.#lookAgain = resolve));
  }

  /** One transaction. What a broken connection never came to is sent again, once and over a new one. */
  async #transact(
    parcel: Parcel,
    hop: NextHop,
    about: {
      readonly connected: Connected & { readonly kind: 'connected' };
      readonly started: Started;
      readonly mayRepeat: boolean;
    },
  ): Promise<void> {
    const { connection, policy, recorded } = about.connected;
    const [first = parcel, ...rest] = cutToFit(parcel, connection.facts.extensions.limits);
    if (rest.length > 0) {
      await this.#transact(first, hop, about);
      for (const part of rest) await this.#repeat(part, hop, { ...about, mayRepeat: false });
      return;
    }
    this.#link.use(connection);
    const end = await connection.transact(transaction(parcel, this.#context));
    const reused = this.#link.isProven(connection);
    if (end.fault) this.#link.broke(connection, end.fault);
    else this.#link.prove();
    const closedOnReuse = reused && end.fault?.reply?.code === 421 && end.fault.stage === 'mail';
    if (!closedOnReuse) this.#heed(end, parcel, connection.facts.host);
    const mayRepeat = about.mayRepeat && this.#link.hasMoreToTry && parcel.lease.isHeld();
    const again = concludeTransaction(
      parcel,
      end,
      {
        connection,
        policy,
        recorded,
        startedAt: about.started.at,
        startedMs: about.started.ms,
        mayRepeat: mayRepeat || this.#signal.aborted,
        closedOnReuse,
      },
      this.#context,
    );
    if (again.length === 0) return;
    const more = { ...about, mayRepeat: about.mayRepeat && end.fault === undefined };
    await this.#repeat({ ...parcel, recipients: again }, hop, more);
  }

  /** Tells the pace how it went: nothing where it went well, as nearly always. */
  #heed(end: TransactionEnd, parcel: Parcel, host: string): void {
    const { book } = this.#context;
    const { id } = this.#queue;
    const heard = end.recipients.some(({ kind }) => kind === 'refused') ? this.#heard(end, parcel, host) : undefined;
    const told = heard?.aside
      ? book.setAside(id, heard.aside)
      : heard?.event
        ? book.tell(id, heard.event)
        : end.fault
          ? undefined
          : book.delivered(id, 1);
    if (!told) return;
    const telling: Promise<void> = told.finally(() => this.#telling.delete(telling));
    this.#telling.add(telling);
  }

  #heard(end: TransactionEnd, { message, source }: Parcel, host: string): Heard | undefined {
    const about = { queueName: this.#queue.name, host, reversePath: message.reversePath, source };
    for (const each of end.recipients) {
      const heard = each.kind === 'refused' ? heedReply(recordReply(each.reply, each.from), about) : undefined;
      if (heard) return heard;
    }
    return undefined;
  }

  async #repeat(
    parcel: Parcel,
    hop: NextHop,
    { started, mayRepeat }: { readonly started: Started; readonly mayRepeat: boolean },
  ): Promise<void> {
    const connected = this.#signal.aborted ? undefined : await this.#ready(hop);
    if (!connected || this.#signal.aborted) return this.handBack([parcel], parcel.lease);
    if (connected.kind === 'failed') return concludeNoSession(parcel, connected.failure, started, this.#context);
    return this.#transact(parcel, hop, { connected, started, mayRepeat });
  }

  async handBack(rest: readonly Parcel[], lease: Lease): Promise<void> {
    const ids = rest.flatMap((parcel) => parcel.recipients.map((recipient) => recipient.id));
    await this.#context.store.handBack(lease.token, ids);
    for (const id of ids) lease.close(id);
  }
}

/** When a parcel was begun. */
export interface Started {
  readonly at: Date;
  readonly ms: number;
}

/** Not put on the line because the lane is told to stop. */
const STOPPED: NoSession = { stage: 'connect', reply: localReply(451, '4.3.2', 'Delivery was stopped'), stepsMs: {} };
