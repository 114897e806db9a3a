import type { Resolver } from '@postern/dns';
import type { AlarmClock, Clock, DeliveryQueue, DeliveryStore, QueueId } from '@postern/queue';
import type { Dialer } from '@postern/smtp-client';
import type { DeliveryLog } from './log.ts';
import type { OutcomeRecorder } from './outcome-recorder.ts';
import type { Routes } from './route.ts';
import type { DeliverySettings } from './settings.ts';
import type { WorkSignal } from './work-signal.ts';

/** Everything that lanes reach the world through. */
export interface DeliveryContext {
  readonly settings: DeliverySettings;
  readonly store: DeliveryStore;
  readonly routes: Routes;
  readonly resolver: Resolver;
  readonly dialer: Dialer;
  readonly alarm: AlarmClock;
  readonly work: WorkSignal;
  readonly recorder: OutcomeRecorder;
  readonly clock: Clock;
  readonly log: DeliveryLog;
  /** A number from 0 up to 1. */
  readonly random: () => number;
  /** Why mail must not be delivered to this address found in the DNS; undefined when it may. */
  readonly refuseAddress: (address: string) => string | undefined;
  /** Which lanes this process runs. */
  readonly awake: AwakeLanes;
}

/** The lanes of this process that run. */
export class AwakeLanes {
  readonly #lanes = new Map<QueueId, Set<number>>();

  add(queueId: QueueId, lane: number): void {
    const lanes = this.#lanes.get(queueId);
    if (lanes) lanes.add(lane);
    else this.#lanes.set(queueId, new Set([lane]));
  }

  remove(queueId: QueueId, lane: number): void {
    const lanes = this.#lanes.get(queueId);
    lanes?.delete(lane);
    if (lanes?.size === 0) this.#lanes.delete(queueId);
  }

  of(queueId: QueueId): ReadonlySet<number> {
    return this.#lanes.get(queueId) ?? NONE;
  }

  get size(): number {
    let size = 0;
    for (const lanes of this.#lanes.values()) size += lanes.size;
    return size;
  }
}

const NONE: ReadonlySet<number> = new Set();

/** A delivery queue that mail leaves by. */
export type OutboundQueue = DeliveryQueue & { readonly kind: 'site' | 'route' };
