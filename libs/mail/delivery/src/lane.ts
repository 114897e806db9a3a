import { siteKey, mailHosts } from '@postern/dns';
import { type Claim, type ClaimedMessage, type Lane, type QueueId, UNRESOLVED_QUEUE } from '@postern/queue';
import type { DeliveryContext, OutboundQueue } from './context.ts';
import { Lease, letGo } from './lease.ts';
import { Link } from './link.ts';
import { findNextHop, type NextHop } from './next-hop.ts';
import type { NoSession } from './no-session.ts';
import { resolveDomains } from './resolve-domains.ts';
import { concludeNoSession, concludeTransaction, parcels, transaction, type Parcel } from './send.ts';

const FIRST_CLAIM = 10;
const LARGEST_CLAIM = 100;
/** Transactions under way on one connection: the next one's commands travel behind the final dot of the one before (RFC 2920). */
const PIPELINE = 2;

/**
 * Runs a lane: claims what is due in its delivery queue, sends it over one reused connection, and ends when nothing has
 * been due for a while, when its time is over, or when it is told to stop. Then everything claimed has an outcome or has
 * been handed back.
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
  #claimSize = FIRST_CLAIM;
  #nextHopFailed = false;

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
    try {
      while (!this.#signal.aborted && !this.#nextHopFailed) {
        const claimed = await this.#claimAndSend();
        if (clock.monotonicMs() > endAt) {
          if (claimed > 0) alarm.wake(this.#lane);
          break;
        }
        if (claimed === 0 && !(await this.#waitForWork())) break;
      }
    } finally {
      await Promise.all(this.#underWay);
      await this.#link.close();
      await letGo(this.#leases);
    }
  }

  async #claimAndSend(): Promise<number> {
    const { store, settings, clock } = this.#context;
    const askedMs = clock.monotonicMs();
    const claim = await store.claim({
      queueId: this.#queue.id,
      limit: this.#claimSize,
      leaseMs: settings.leaseMs,
      inlineOctets: settings.inlineOctets,
    });
    if (claim.recipients === 0) return 0;
    if (claim.full) {
      this.#callMoreLanes();
      this.#claimSize = Math.min(this.#claimSize * 2, LARGEST_CLAIM);
    }
    const lease = new Lease(claim.leaseToken, claim.messages, askedMs, this.#context);
    this.#leases.add(lease);
    const messages = await this.#stillHere(claim, lease);
    await this.#send(messages, lease);
    for (const each of this.#leases) if (each.open === 0) this.#leases.delete(each);
    return claim.recipients;
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

  /** Sends away the recipients whose domain is served by other mail hosts now; answers the messages that stay. */
  async #stillHere(claim: Claim, lease: Lease): Promise<readonly ClaimedMessage[]> {
    if (this.#queue.kind !== 'site') return claim.messages;
    const { resolver, random, store, alarm, clock } = this.#context;
    const moved = new Map<string, QueueId>();
    const domains = new Set(
      claim.messages.flatMap((message) => message.recipients.map((recipient) => recipient.domain)),
    );
    for (const domain of domains) {
      const found = await mailHosts(domain, resolver, random);
      if (found.kind !== 'hosts') continue;
      const key = siteKey(found.hosts);
      if (key === this.#queue.name) continue;
      const freshUntil = new Date(clock.now().getTime() + found.ttlSeconds * 1_000);
      moved.set(domain, await store.rememberSite({ domain, key, freshUntil }));
    }
    if (moved.size === 0) return claim.messages;
    const leaving = claim.messages.flatMap((message) =>
      message.recipients.flatMap((recipient) => {
        const queueId = moved.get(recipient.domain);
        return queueId === undefined ? [] : [{ recipientId: recipient.id, queueId }];
      }),
    );
    await store.reassign(lease.token, leaving);
    for (const { recipientId } of leaving) lease.close(recipientId);
    for (const queueId of new Set(moved.values())) alarm.wake({ queueId, lane: 0 });
    return claim.messages
      .map((message) => ({
        ...message,
        recipients: message.recipients.filter((recipient) => !moved.has(recipient.domain)),
      }))
      .filter((message) => message.recipients.length > 0);
  }

  async #send(messages: readonly ClaimedMessage[], lease: Lease): Promise<void> {
    const waiting = messages.flatMap((message) => parcels(message, lease));
    const hops = new Map<string, NextHop>();
    for (const [index, parcel] of waiting.entries()) {
      if (this.#signal.aborted || !lease.isHeld()) return this.#handBack(waiting.slice(index), lease);
      const domain = parcel.recipients[0]?.domain ?? '';
      const started = { at: this.#context.clock.now(), ms: this.#context.clock.monotonicMs() };
      let hop = hops.get(domain);
      if (!hop) {
        const found = await findNextHop(this.#queue, domain, this.#context);
        if (found.kind === 'none') {
          concludeNoSession(parcel, found.failure, started, this.#context);
          continue;
        }
        hop = found.hop;
        hops.set(domain, hop);
      }
      const failure = await this.#sendParcel(parcel, hop, { started, mayRepeat: true });
      if (failure) {
        if (this.#signal.aborted) return this.#handBack(waiting.slice(index), lease);
        // Nobody answers there: what was claimed has had its attempt, what else is due comes with the next lane.
        this.#nextHopFailed = true;
        for (const each of waiting.slice(index)) concludeNoSession(each, failure, started, this.#context);
        return;
      }
    }
  }

  /** Puts a parcel on the line, waiting for room in the pipeline; answers why there is no line when there is none. */
  async #sendParcel(
    parcel: Parcel,
    hop: NextHop,
    about: { readonly started: { readonly at: Date; readonly ms: number }; readonly mayRepeat: boolean },
  ): Promise<NoSession | undefined> {
    while (this.#underWay.size >= PIPELINE) await Promise.race(this.#underWay);
    const connected = await this.#link.ready(hop);
    if (connected.kind === 'failed') return connected.failure;
    const { connection, policy } = connected;
    if (!connection.facts.extensions.pipelining) await Promise.all(this.#underWay);
    const sending = connection.transact(transaction(parcel, this.#context)).then(async (end) => {
      if (end.fault) this.#link.broke(connection);
      else this.#link.prove();
      const mayRepeat = about.mayRepeat && this.#link.hasMoreToTry && !this.#signal.aborted && parcel.lease.isHeld();
      const facts = { connection, policy, startedAt: about.started.at, startedMs: about.started.ms, mayRepeat };
      const again = concludeTransaction(parcel, end, facts, this.#context);
      if (again.length > 0) await this.#repeat({ ...parcel, recipients: again }, hop, about.started);
    });
    const tracked: Promise<void> = sending.finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
    return undefined;
  }

  /** Sends again, once and over a new connection, what a broken one never came to. */
  async #repeat(parcel: Parcel, hop: NextHop, started: { readonly at: Date; readonly ms: number }): Promise<void> {
    const connected = await this.#link.ready(hop);
    if (connected.kind === 'failed') return concludeNoSession(parcel, connected.failure, started, this.#context);
    const { connection, policy } = connected;
    const end = await connection.transact(transaction(parcel, this.#context));
    if (end.fault) this.#link.broke(connection);
    else this.#link.prove();
    concludeTransaction(
      parcel,
      end,
      { connection, policy, startedAt: started.at, startedMs: started.ms, mayRepeat: false },
      this.#context,
    );
  }

  async #handBack(rest: readonly Parcel[], lease: Lease): Promise<void> {
    const ids = rest.flatMap((parcel) => parcel.recipients.map((recipient) => recipient.id));
    await this.#context.store.handBack(lease.token, ids);
    for (const id of ids) lease.close(id);
  }
}
