import { type ClaimedMessage, type Lane, UNRESOLVED_QUEUE } from '@postern/queue';
import { ClaimSize } from './claim-size.ts';
import type { Connected } from './connect.ts';
import type { DeliveryContext, OutboundQueue } from './context.ts';
import { Lease, letGo } from './lease.ts';
import { Link } from './link.ts';
import { stillHere } from './still-here.ts';
import type { NextHop } from './next-hop.ts';
import { localReply, type NoSession } from './no-session.ts';
import { resolveDomains } from './resolve-domains.ts';
import { planParcels } from './plan.ts';
import { concludeNoSession, concludeTransaction, transaction, type Parcel } from './send.ts';

/** Transactions under way on one connection: the next one's commands travel behind the final dot of the one before (RFC 2920). */
const PIPELINE = 2;

/**
 * Runs a lane: claims what is due in its delivery queue, sends it over one reused connection, and ends when nothing has
 * been due for a while, when its time is over, or when it is told to stop. Then everything claimed has an outcome or has
 * been handed back; conversations that are under way get `graceMs` to end.
 */
export async function runLane(lane: Lane, context: DeliveryContext, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  context.awake.add(lane.queueId, lane.lane);
  try {
    if (lane.queueId === UNRESOLVED_QUEUE) return await resolveDomains(lane, context, signal);
    const queue = await context.store.queue(lane.queueId);
    if (queue && queue.kind !== 'unresolved')
      await new DeliveryLane(lane, { ...queue, kind: queue.kind }, context, signal).run();
  } finally {
    context.awake.remove(lane.queueId, lane.lane);
  }
}

class DeliveryLane {
  readonly #lane: Lane;
  readonly #queue: OutboundQueue;
  readonly #context: DeliveryContext;
  readonly #signal: AbortSignal;
  readonly #link: Link;
  readonly #underWay = new Set<Promise<void>>();
  readonly #leases = new Set<Lease>();
  readonly #claimSize = new ClaimSize();
  #nextHopFailed = false;
  /** Tells the sender, who waits for room on the connection, to look again. */
  #lookAgain: () => void = () => undefined;

  constructor(lane: Lane, queue: OutboundQueue, context: DeliveryContext, signal: AbortSignal) {
    this.#lane = lane;
    this.#queue = queue;
    this.#context = context;
    this.#signal = signal;
    this.#link = new Link(context, signal);
  }

  async run(): Promise<void> {
    const { clock, settings, alarm } = this.#context;
    const endAt = clock.monotonicMs() + settings.maxLaneMs;
    let cut: NodeJS.Timeout | undefined;
    const stop = () => {
      this.#lookAgain();
      cut = setTimeout(() => this.#link.destroy(), settings.graceMs);
    };
    this.#signal.addEventListener('abort', stop, { once: true });
    try {
      while (!this.#signal.aborted && !this.#nextHopFailed) {
        const more = await this.#claimAndSend();
        if (clock.monotonicMs() > endAt) {
          if (more) alarm.wake(this.#lane);
          break;
        }
        // What has arrived since the claim is told of: a look for it would mostly find nothing, or little.
        if (!more && !(await this.#waitForWork())) break;
      }
    } finally {
      await Promise.all(this.#underWay);
      await this.#link.close();
      await letGo(this.#leases);
      this.#signal.removeEventListener('abort', stop);
      clearTimeout(cut);
    }
  }

  /** Answers whether more is due than was claimed. */
  async #claimAndSend(): Promise<boolean> {
    const { store, settings, clock } = this.#context;
    const askedMs = clock.monotonicMs();
    const claim = await store.claim({
      queueId: this.#queue.id,
      limit: this.#claimSize.recipients,
      leaseMs: settings.leaseMs,
      inlineOctets: settings.inlineOctets,
    });
    if (claim.recipients === 0) return false;
    if (claim.full) this.#callMoreLanes();
    const lease = new Lease(claim.leaseToken, claim.messages, askedMs, this.#context);
    this.#leases.add(lease);
    const messages = await stillHere(this.#queue, claim, lease, this.#context);
    await this.#send(messages, lease);
    for (const each of this.#leases) if (each.open === 0) this.#leases.delete(each);
    return claim.full;
  }

  /** Work that is due wakes this lane; else it keeps its connection for a moment, and ends. */
  async #waitForWork(): Promise<boolean> {
    await Promise.all(this.#underWay);
    return this.#context.work.wait(this.#queue.id, this.#context.settings.lingerMs, this.#signal);
  }

  /** More is due than this lane took: a waiting lane is told, and two more are woken, until the queue has all of its lanes. */
  #callMoreLanes(): void {
    const { alarm, work, settings } = this.#context;
    work.tell(this.#queue.id);
    for (const lane of [this.#lane.lane * 2 + 1, this.#lane.lane * 2 + 2]) {
      if (lane < settings.lanesPerQueue) alarm.wake({ queueId: this.#queue.id, lane });
    }
  }

  async #send(messages: readonly ClaimedMessage[], lease: Lease): Promise<void> {
    const started = () => ({ at: this.#context.clock.now(), ms: this.#context.clock.monotonicMs() });
    const waiting = await planParcels(this.#queue, messages, lease, this.#context);
    const failed = new Map<string, NoSession>();
    let firstSentMs: number | undefined;
    for (const [index, { parcel, hop }] of waiting.entries()) {
      const rest = () => waiting.slice(index).map((each) => each.parcel);
      if (this.#signal.aborted || !lease.isHeld()) return this.#handBack(rest(), lease);
      const about = started();
      const failure = failed.get(hop.channel.key) ?? (await this.#sendParcel(parcel, hop, about));
      if (this.#signal.aborted && failure) return this.#handBack(rest(), lease);
      if (failure) {
        // Nobody answers there: what was claimed has had its attempt, what else is due comes with the next lane. Mail that
        // demands something else of the channel may fare better.
        this.#nextHopFailed = true;
        failed.set(hop.channel.key, failure);
        concludeNoSession(parcel, failure, about, this.#context);
        continue;
      }
      firstSentMs ??= this.#context.clock.monotonicMs();
    }
    if (firstSentMs !== undefined && waiting.length > 1 && failed.size === 0)
      this.#claimSize.sent(waiting.length - 1, this.#context.clock.monotonicMs() - firstSentMs);
  }

  /** Puts a parcel on the line, waiting for room in the pipeline; answers why it was not put there. */
  async #sendParcel(parcel: Parcel, hop: NextHop, started: Started): Promise<NoSession | undefined> {
    await this.#room(PIPELINE - 1);
    let connected = await this.#link.ready(hop);
    if (connected.kind === 'connected' && !connected.connection.facts.extensions.pipelining) {
      await this.#room(0);
      connected = await this.#link.ready(hop);
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
    const { connection, policy } = about.connected;
    const end = await connection.transact(transaction(parcel, this.#context));
    if (end.fault) this.#link.broke(connection, end.fault);
    else this.#link.prove();
    const mayRepeat = about.mayRepeat && this.#link.hasMoreToTry && parcel.lease.isHeld();
    const again = concludeTransaction(
      parcel,
      end,
      {
        connection,
        policy,
        startedAt: about.started.at,
        startedMs: about.started.ms,
        mayRepeat: mayRepeat || this.#signal.aborted,
      },
      this.#context,
    );
    if (again.length > 0) await this.#repeat({ ...parcel, recipients: again }, hop, about.started);
  }

  async #repeat(parcel: Parcel, hop: NextHop, started: Started): Promise<void> {
    const connected = this.#signal.aborted ? undefined : await this.#link.ready(hop);
    if (!connected || this.#signal.aborted) return this.#handBack([parcel], parcel.lease);
    if (connected.kind === 'failed') return concludeNoSession(parcel, connected.failure, started, this.#context);
    return this.#transact(parcel, hop, { connected, started, mayRepeat: false });
  }

  async #handBack(rest: readonly Parcel[], lease: Lease): Promise<void> {
    const ids = rest.flatMap((parcel) => parcel.recipients.map((recipient) => recipient.id));
    await this.#context.store.handBack(lease.token, ids);
    for (const id of ids) lease.close(id);
  }
}

interface Started {
  readonly at: Date;
  readonly ms: number;
}

/** Not put on the line because the lane is told to stop. */
const STOPPED: NoSession = { stage: 'connect', reply: localReply(451, '4.3.2', 'Delivery was stopped'), stepsMs: {} };
