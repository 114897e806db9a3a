import type { Classifier } from '@postern/bounce';
import type { Resolver } from '@postern/dns';
import type { AlarmClock, ClaimedMessage, Clock, DeliveryQueue, DeliveryStore, QueueId } from '@postern/queue';
import type { Dialer } from '@postern/smtp-client';
import type { Sources } from './leaving.ts';
import type { DueWatch } from './due-watch.ts';
import type { DeliveryLog } from './log.ts';
import type { ChannelPolicies } from './policies.ts';
import type { PaceStore } from '@postern/pace';
import type { OutcomeRecorder } from './outcome-recorder.ts';
import type { PaceBook } from './pace-book.ts';
import type { Routes } from './route.ts';
import type { Schedules } from './schedules.ts';
import type { SessionResult } from '@postern/tls-reporting';
import type { DeliverySettings } from './settings.ts';
import type { WorkSignal } from './work-signal.ts';

/** Everything that lanes reach the world through. */
export interface DeliveryContext {
  readonly settings: DeliverySettings;
  readonly store: DeliveryStore;
  readonly pace: PaceStore;
  readonly book: PaceBook;
  /** Which queues have something due. */
  readonly watch: DueWatch;
  readonly sources: Sources;
  readonly routes: Routes;
  /** When mail is tried again; without, as the settings say. */
  readonly schedules?: Schedules;
  readonly resolver: Resolver;
  readonly policies: ChannelPolicies;
  /** Hears what came of TLS in each session, for reports. */
  readonly results?: { add(result: SessionResult): void };
  readonly dialer: Dialer;
  readonly alarm: AlarmClock;
  readonly work: WorkSignal;
  readonly recorder: OutcomeRecorder;
  readonly clock: Clock;
  readonly log: DeliveryLog;
  /** A number from 0 up to 1. */
  readonly random: () => number;
  /** The reverse-path that a message leaves with; its own where it is left out. */
  readonly returnPath?: (message: ClaimedMessage) => string;
  /** Why attempts fail; by the rules that ship where it is left out. */
  readonly classify?: Classifier;
  /** Why mail must not be delivered to this address found in the DNS; undefined when it may. */
  readonly refuseAddress: (address: string) => string | undefined;
  /** Which lanes this process runs. */
  readonly awake: AwakeLanes;
}

/** The lanes of this process that run. One may run twice for a while: an alarm clock that lost its jobs wakes it again. */
export class AwakeLanes {
  readonly #lanes = new Map<QueueId, Map<number, number>>();

  add(queueId: QueueId, lane: number): void {
    const lanes = this.#lanes.get(queueId);
    if (lanes) lanes.set(lane, (lanes.get(lane) ?? 0) + 1);
    else this.#lanes.set(queueId, new Map([[lane, 1]]));
  }

  remove(queueId: QueueId, lane: number): void {
    const lanes = this.#lanes.get(queueId);
    const runs = (lanes?.get(lane) ?? 0) - 1;
    if (runs > 0) lanes?.set(lane, runs);
    else lanes?.delete(lane);
    if (lanes?.size === 0) this.#lanes.delete(queueId);
  }

  of(queueId: QueueId): Pick<ReadonlySet<number>, 'has' | 'size'> {
    return this.#lanes.get(queueId) ?? NONE;
  }

  /** How many lanes run; zero only when none does. */
  get size(): number {
    let size = 0;
    for (const lanes of this.#lanes.values()) size += lanes.size;
    return size;
  }
}

const NONE: ReadonlySet<number> = new Set();

/** A delivery queue that mail leaves by. */
export type OutboundQueue = DeliveryQueue & { readonly kind: 'site' | 'route' };
