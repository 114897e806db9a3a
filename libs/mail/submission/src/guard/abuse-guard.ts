import { bounceDeparture, departures, type GuardStore, type Hour, type Learned, networkOf } from '@postern/credentials';
import type { Clock } from '@postern/queue';
import { settingsOf, type Submitter } from '../submitter.ts';
import { addTo, NOTHING, Pending } from './pending.ts';

interface Known {
  submitter: Submitter;
  learned: Learned | undefined;
  /** Accepted here, and not told to the store yet. */
  pending: Pending;
  /** Being told to the store just now. */
  telling: Hour;
  /** The departure that the store is to be told of. */
  reasons: readonly string[];
  bounces: string | undefined;
  /** When the store was told of a departure, by our own clock. */
  raisedAt: number | undefined;
}

/** How long a departure of bounces is looked back for. */
const BOUNCES_SINCE_MS = 24 * 60 * 60_000;
/** A departure that goes on is told again after so long. */
const RAISE_AGAIN_MS = 60_000;
const MAX_KNOWN = 10_000;

/**
 * Learns how much each credential and listed network sends, to how many new domains, from where, and how much of it
 * bounces; a strong departure raises an event, and holds new mail where that is asked for (docs/adr/0042).
 *
 * Nothing is asked of the store for a message: what was accepted is told every second, all together, and a message is
 * judged by what was answered then and what was accepted here since. Mail is held, never refused or dropped.
 */
export class AbuseGuard {
  readonly #store: GuardStore;
  readonly #clock: Clock;
  readonly #onFault: (cause: unknown) => void;
  readonly #known = new Map<string, Known>();

  constructor(options: {
    readonly store: GuardStore;
    readonly clock: Clock;
    readonly onFault: (cause: unknown) => void;
  }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#onFault = options.onFault;
  }

  /** Whether a message that is about to be accepted is to be held. It counts as accepted. */
  holds(submitter: Submitter, mail: { readonly address: string; readonly domains: readonly string[] }): boolean {
    const { id, guard } = settingsOf(submitter);
    if (guard.mode === 'off') return guard.heldSince !== undefined;
    const known = this.#knownAs(id, submitter);
    known.submitter = submitter;
    known.pending.add(mail.domains, { isNewNetwork: !guard.usualNetworks.includes(networkOf(mail.address)) });
    if (guard.heldSince !== undefined) return true;
    const { learned } = known;
    if (!learned) return false;
    // Domains of this moment are new or not; the store will know.
    const hour = addTo(addTo(learned.hour, known.telling), known.pending.hour);
    known.reasons = [...departures({ hour, learned }, guard.thresholds), ...(known.bounces ? [known.bounces] : [])];
    return guard.mode === 'hold' && known.reasons.length > 0;
  }

  /** Forgets what was learned of a submitter that an operator has released, or of all: it is read again. */
  forget(id: string | undefined): void {
    for (const [each, known] of this.#known)
      if (id === undefined || each === id)
        Object.assign(known, { learned: undefined, reasons: [], bounces: undefined, raisedAt: undefined });
  }

  /** Tells the store what was accepted here, and learns from it. To be called every second. */
  async share(): Promise<void> {
    try {
      await this.#tell();
      await this.#raise();
    } catch (cause) {
      this.#onFault(cause);
    }
  }

  /** Looks how much bounces of what was sent lately. To be called every minute. */
  async lookAtBounces(): Promise<void> {
    const now = this.#clock.now().getTime();
    const of = [...this.#known].map(([submitterId, { submitter }]) => ({
      submitterId,
      since: latest(now - BOUNCES_SINCE_MS, settingsOf(submitter).guard.releasedAt),
    }));
    try {
      for (const bounces of await this.#store.bounces(of)) {
        const known = this.#known.get(bounces.submitterId);
        if (!known) continue;
        known.bounces = bounceDeparture(bounces, settingsOf(known.submitter).guard.thresholds);
        if (known.bounces) known.reasons = [...new Set([...known.reasons, known.bounces])];
      }
      await this.#raise();
    } catch (cause) {
      this.#onFault(cause);
    }
  }

  async #tell(): Promise<void> {
    const traffic = [...this.#known].flatMap(([submitterId, known]) => {
      if (known.pending.hour.messages === 0) return [];
      const told = known.pending.take();
      known.telling = told.hour;
      return [{ submitterId, ...told.hour, domains: told.domains }];
    });
    try {
      for (const learned of await this.#store.noteTraffic(traffic)) {
        const known = this.#known.get(learned.submitterId);
        if (!known) continue;
        known.learned = learned;
        known.telling = NOTHING;
        const found = departures({ hour: learned.hour, learned }, settingsOf(known.submitter).guard.thresholds);
        known.reasons = [...found, ...(known.bounces ? [known.bounces] : [])];
      }
    } finally {
      for (const { submitterId } of traffic) {
        const known = this.#known.get(submitterId);
        if (known) known.telling = NOTHING;
      }
    }
  }

  async #raise(): Promise<void> {
    for (const [submitterId, known] of this.#known) {
      const { reasons, submitter } = known;
      if (reasons.length === 0) continue;
      known.reasons = [];
      const { guard } = settingsOf(submitter);
      const hold = guard.mode === 'hold';
      const now = this.#clock.monotonicMs();
      const isToBeHeld = hold && guard.heldSince === undefined;
      if (!isToBeHeld && known.raisedAt !== undefined && now - known.raisedAt < RAISE_AGAIN_MS) continue;
      const { kind, name } = submitter;
      await this.#store.depart({ submitterId, kind, name, hold, reasons });
      known.raisedAt = now;
    }
  }

  #knownAs(id: string, submitter: Submitter): Known {
    const known = this.#known.get(id);
    if (known) return known;
    // What was not told yet is told by the next second; who is forgotten here is learned of again.
    if (this.#known.size >= MAX_KNOWN) this.#known.clear();
    const fresh: Known = {
      submitter,
      learned: undefined,
      pending: new Pending(),
      telling: NOTHING,
      reasons: [],
      bounces: undefined,
      raisedAt: undefined,
    };
    this.#known.set(id, fresh);
    return fresh;
  }
}

function latest(since: number, releasedAt: Date | undefined): Date {
  return new Date(Math.max(since, releasedAt?.getTime() ?? 0));
}
