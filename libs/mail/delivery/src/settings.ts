import type { RetrySchedule } from '@postern/queue';

/** How delivery behaves. Durations in milliseconds. */
export interface DeliverySettings {
  /** The port of mail hosts; a route has its own. */
  readonly deliveryPort: number;
  /** The name of this gateway: mail is not sent past it to mail hosts that stand behind it (RFC 5321 §5.1). */
  readonly hostname: string;
  readonly schedule: RetrySchedule;
  /** How long a lane waits for its turn where the rate is limited; the sweep wakes it for a turn that is further off. */
  readonly longestTurnMs: number;
  /** How long claimed recipients are ours without a sign of life. */
  readonly leaseMs: number;
  /** How long a lane with nothing to do keeps its connection. */
  readonly lingerMs: number;
  /** After this time a lane makes room for others and asks to run again. */
  readonly maxLaneMs: number;
  /** The same where others wait for a place to run. */
  readonly crowdedLaneMs: number;
  /** A lane that waits so long for a connection gives its place to another lane. */
  readonly slowDialMs: number;
  /** How long conversations that are under way may go on when the lane is told to stop. */
  readonly graceMs: number;
  /** Messages up to this size are held in memory while they are sent; larger ones are read from the store as they go. */
  readonly inlineOctets: number;
  /** How many addresses of a next hop an attempt tries, and for how long. */
  readonly maxAddresses: number;
  readonly connectBudgetMs: number;
  /** How many domains are looked up at the same time. */
  readonly lookups: number;
}

export const DEFAULT_DELIVERY_SETTINGS: Omit<DeliverySettings, 'deliveryPort' | 'hostname' | 'schedule'> =
  Object.freeze({
    longestTurnMs: 2_000,
    leaseMs: 60_000,
    lingerMs: 2_000,
    maxLaneMs: 60_000,
    crowdedLaneMs: 2_000,
    slowDialMs: 1_000,
    graceMs: 30_000,
    inlineOctets: 64 * 1024,
    maxAddresses: 10,
    connectBudgetMs: 5 * 60_000,
    lookups: 50,
  });
