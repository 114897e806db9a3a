import type { Queue, QueueLimits, QueueLimitsSet } from '@postern/admin-contract';
import type { DeliveryQueue, QueueId } from '@postern/queue';
import type { QueueFacts } from '../queue/kept-back.ts';
import type { OrderedSlice } from './admin-store.ts';
import type { QueueObstacles } from './queue-obstacles.ts';

/** Delivery queues, read. */
export interface QueueReads {
  /** Queues by their depth, by the age of their oldest message (none is the youngest), or by name; among equals by id. */
  listQueues(query: QueueQuery): Promise<readonly Queue[]>;

  showQueue(id: QueueId): Promise<QueueFacts | undefined>;

  /** What may keep its mail back, beside its pace. */
  queueObstacles(id: QueueId): Promise<QueueObstacles>;

  /** The floors and ceilings that were set for it. */
  queueLimits(id: QueueId): Promise<QueueLimitsSet | undefined>;

  /** Finds a queue by its name, as operators write it at the command line. */
  queueNamed(name: string): Promise<QueueFacts | undefined>;
}

export interface QueueQuery extends OrderedSlice<QueueKey> {
  readonly sort: QueueKey['sort'];
  /** `waiting`: only queues in which something waits, or that are suspended. */
  readonly show: 'waiting' | 'all';
  readonly kind: DeliveryQueue['kind'] | undefined;
  /** Queues whose name contains this, without regard to case. */
  readonly nameContains: string | undefined;
}

/**
 * Where a queue stands in its order: its depth (the sum of its counts), when its oldest message was accepted (null where
 * none waits), or its name.
 */
export type QueueKey =
  | { readonly sort: 'depth'; readonly depth: number; readonly id: QueueId }
  | { readonly sort: 'oldest'; readonly oldestAcceptedAt: string | null; readonly id: QueueId }
  | { readonly sort: 'name'; readonly name: string; readonly id: QueueId };

/** How long something is not to be sent, by whose word, and why. */
export interface NewSuspension {
  /** Undefined: not before it is lifted. */
  readonly until: Date | undefined;
  readonly by: string;
  readonly reason: string | undefined;
}

/** Delivery queues, commanded. */
export interface QueueChanges {
  /** Suspends a queue: no lane claims from it. False: it is suspended already. */
  suspendQueue(id: QueueId, suspension: NewSuspension): Promise<boolean>;

  /** Lifts a suspension. False: there is none. */
  resumeQueue(id: QueueId): Promise<boolean>;

  /** Sets floors and ceilings of a queue's pace; what is left out stays, what is null is as for everyone. */
  limitQueue(id: QueueId, limits: QueueLimits): Promise<void>;

  /** Makes the deferred recipients of a queue due now, and lifts its rest; answers how many. */
  retryQueue(id: QueueId): Promise<number>;
}
