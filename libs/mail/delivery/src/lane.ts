import { setTimeout as pause } from 'node:timers/promises';
import { type ClaimedMessage, type Lane, UNRESOLVED_QUEUE } from '@postern/queue';
import { ClaimSize } from './claim-size.ts';
import type { DeliveryContext, OutboundQueue } from './context.ts';
import { Courier } from './courier.ts';
import { giveUpOverdue } from './give-up-overdue.ts';
import { heedNoSession } from './heed.ts';
import { inTime } from './in-time.ts';
import { ALONE, type LaneSlot } from './lane-slot.ts';
import { type Exit, LaneExits } from './leaving.ts';
import { Lease, letGo } from './lease.ts';
import { setAside } from './set-aside.ts';
import { stillHere } from './still-here.ts';
import type { NoSession } from './no-session.ts';
import { resolveDomains } from './resolve-domains.ts';
import { planParcels } from './plan.ts';
import { concludeNoSession } from './send.ts';

/**
 * Runs a lane: claims what is due in its delivery queue, sends it over one reused connection, and ends when nothing has
 * been due for a while, when its time is over, or when it is told to stop. Then everything claimed has an outcome or has
 * been handed back; conversations that are under way get `graceMs` to end.
 */
export async function runLane(
  lane: Lane,
  context: DeliveryContext,
  signal: AbortSignal,
  slot: LaneSlot = ALONE,
): Promise<void> {
  if (signal.aborted) return;
  context.awake.add(lane.queueId, lane.lane);
  try {
    if (lane.queueId === UNRESOLVED_QUEUE) return await resolveDomains(lane, context, signal);
    await seated(lane, context, signal, slot);
  } finally {
    context.awake.remove(lane.queueId, lane.lane);
  }
}

/** Runs a lane in its seat, when its queue's pace has one for it: so many connections are open, in all processes together, and no more. */
async function seated(lane: Lane, context: DeliveryContext, signal: AbortSignal, slot: LaneSlot): Promise<void> {
  const { pace, book } = context;
  if (!(await pace.takeSeat(lane))) return;
  try {
    const begun = await pace.begin(lane.queueId);
    if (!begun || begun.queue.kind === 'unresolved') return;
    book.read(lane.queueId, begun);
    const queue = { ...begun.queue, kind: begun.queue.kind };
    await new DeliveryLane(lane, queue, context, { signal, slot }).run();
  } finally {
    await pace.leaveSeat(lane);
  }
}

/** While there is a backlog, every so many claims are made in turn for each credential. */
const EACH_CREDENTIAL = 3;

class DeliveryLane {
  readonly #lane: Lane;
  readonly #queue: OutboundQueue;
  readonly #context: DeliveryContext;
  readonly #signal: AbortSignal;
  readonly #slot: LaneSlot;
  readonly #courier: Courier;
  readonly #exits: LaneExits;
  readonly #leases = new Set<Lease>();
  readonly #claimSize = new ClaimSize();
  #nextHopFailed = false;
  /** Whether the last claim left something for others, and how many there were. */
  #backlog = false;
  #claims = 0;

  constructor(
    lane: Lane,
    queue: OutboundQueue,
    context: DeliveryContext,
    { signal, slot }: { readonly signal: AbortSignal; readonly slot: LaneSlot },
  ) {
    this.#slot = slot;
    this.#lane = lane;
    this.#queue = queue;
    this.#context = context;
    this.#signal = signal;
    this.#exits = new LaneExits(queue, context);
    this.#courier = new Courier(queue, context, { signal, slot });
  }

  async run(): Promise<void> {
    const { clock, settings, alarm } = this.#context;
    const beganAt = clock.monotonicMs();
    const endAt = beganAt + settings.maxLaneMs;
    let cut: NodeJS.Timeout | undefined;
    const stop = () => {
      this.#courier.lookAgain();
      cut = setTimeout(() => this.#courier.destroy(), settings.graceMs);
    };
    this.#signal.addEventListener('abort', stop, { once: true });
    try {
      while (!this.#signal.aborted && !this.#nextHopFailed && this.#mayRun()) {
        const more = await this.#claimAndSend();
        if (clock.monotonicMs() > (this.#slot.crowded ? beganAt + settings.crowdedLaneMs : endAt)) {
          if (more) alarm.wake(this.#lane);
          break;
        }
        // What has arrived since the claim is told of: a look for it would mostly find nothing, or little.
        if (!more && !(await this.#waitForWork())) break;
      }
    } finally {
      await this.#courier.close();
      await letGo(this.#leases);
      this.#signal.removeEventListener('abort', stop);
      clearTimeout(cut);
    }
  }

  /** Whether the queue's pace has room for this lane. */
  #mayRun(): boolean {
    const { book, pace } = this.#context;
    const { queueId, lane } = this.#lane;
    return !book.rests(queueId) && lane < book.lanes(queueId) && pace.hasSeat(this.#lane);
  }

  /** Whether what is not sent yet is for others. What failed here is concluded even while the site rests because of it. */
  #mustStop(failed: ReadonlyMap<string, NoSession>): boolean {
    return failed.size === 0 && !this.#mayRun();
  }

  /** Answers whether more is due than was claimed. */
  async #claimAndSend(): Promise<boolean> {
    const { store, settings, clock, book } = this.#context;
    const { queueId, lane } = this.#lane;
    const wanted = book.probes(queueId) ? 1 : this.#claimSize.recipients;
    const { granted, nextInMs } = await book.take(queueId, wanted);
    if (granted === 0) return this.#waitForTurn(nextInMs);
    const askedMs = clock.monotonicMs();
    this.#claims += 1;
    const claim = await store.claim({
      queueId,
      lane,
      limit: granted,
      ...(this.#backlog && this.#claims % EACH_CREDENTIAL === 0 ? { turn: 'each credential' as const } : {}),
      leaseMs: settings.leaseMs,
      inlineOctets: settings.inlineOctets,
    });
    book.giveBack(queueId, granted - claim.messages.length);
    this.#backlog = claim.full;
    if (claim.recipients === 0) return false;
    if (claim.full) this.#callMoreLanes();
    const lease = new Lease(claim.leaseToken, claim.messages, askedMs, this.#context);
    this.#leases.add(lease);
    const here = inTime(await stillHere(this.#queue, claim, lease, this.#context), lease, this.#context);
    const exitOf = await this.#exits.of(here);
    const messages = await setAside(this.#queue, here, { lease, exitOf }, this.#context);
    await this.#send(messages, lease, exitOf);
    for (const each of this.#leases) if (each.open === 0) this.#leases.delete(each);
    return claim.full;
  }

  /** Work that is due wakes this lane; else it keeps its connection for a moment, and ends. */
  async #waitForWork(): Promise<boolean> {
    await this.#courier.idle();
    return this.#context.work.wait(this.#queue.id, this.#context.settings.lingerMs, this.#signal);
  }

  /** The rate is used up: waits for its next message, or leaves that to the sweep when it is far. */
  async #waitForTurn(nextInMs: number): Promise<boolean> {
    const { settings, random } = this.#context;
    if (nextInMs > settings.longestTurnMs) return false;
    await this.#courier.idle();
    await pause(nextInMs * (1 + 0.2 * random()), undefined, { signal: this.#signal }).catch(() => undefined);
    return true;
  }

  /** More is due than this lane took: a waiting lane is told, and two more are woken, until the queue has as many as its pace allows. */
  #callMoreLanes(): void {
    const { alarm, work, book } = this.#context;
    work.tell(this.#queue.id);
    for (const lane of [this.#lane.lane * 2 + 1, this.#lane.lane * 2 + 2]) {
      if (lane < book.lanes(this.#queue.id)) alarm.wake({ queueId: this.#queue.id, lane });
    }
  }

  async #send(
    messages: readonly ClaimedMessage[],
    lease: Lease,
    exitOf: (message: ClaimedMessage) => Exit,
  ): Promise<void> {
    const started = () => ({ at: this.#context.clock.now(), ms: this.#context.clock.monotonicMs() });
    const waiting = await planParcels(this.#queue, messages, { lease, exitOf }, this.#context);
    const failed = new Map<string, NoSession>();
    let firstSentMs: number | undefined;
    for (const [index, { parcel, hop }] of waiting.entries()) {
      const rest = () => waiting.slice(index).map((each) => each.parcel);
      if (this.#signal.aborted || !lease.isHeld() || this.#mustStop(failed))
        return this.#courier.handBack(rest(), lease);
      const about = started();
      const failure = failed.get(hop.channel.key) ?? (await this.#courier.send(parcel, hop, about));
      if (this.#signal.aborted && failure) return this.#courier.handBack(rest(), lease);
      if (failure) {
        if (!failed.has(hop.channel.key) && (await this.#othersGoOn(failure)))
          return this.#courier.handBack(rest(), lease);
        // Nobody answers there: what was claimed has had its attempt, what else is due comes with the next lane. Mail that
        // demands something else of the channel may fare better.
        this.#nextHopFailed = true;
        failed.set(hop.channel.key, failure);
        concludeNoSession(parcel, failure, about, this.#context);
        continue;
      }
      firstSentMs ??= this.#context.clock.monotonicMs();
    }
    const [unanswered] = failed.values();
    if (unanswered && this.#context.book.rests(this.#queue.id))
      return giveUpOverdue(this.#queue.id, unanswered, this.#context, this.#signal);
    if (firstSentMs !== undefined && waiting.length > 1 && failed.size === 0)
      this.#claimSize.sent(waiting.length - 1, this.#context.clock.monotonicMs() - firstSentMs);
  }

  /**
   * Tells the pace that there is no session for this lane; answers whether the site goes on with fewer lanes, which then
   * carry what this one had: no attempt was made of it.
   */
  async #othersGoOn(failure: NoSession): Promise<boolean> {
    const { book } = this.#context;
    this.#nextHopFailed = true;
    const event = heedNoSession(failure, { queueName: this.#queue.name });
    if (!event || failure.reply.code >= 500) return false;
    await book.tell(this.#queue.id, event);
    return !book.rests(this.#queue.id);
  }
}
