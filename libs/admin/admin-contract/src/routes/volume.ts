import { z } from 'zod';
import { route } from '../route.ts';
import { instant, recordedReply } from '../shapes.ts';
import { queueName } from './queue.ts';

/** How far back a chart looks, and how much time each of its bars stands for. */
export const VOLUME_RANGES = {
  '15m': { seconds: 900, stepSeconds: 60, says: 'the last 15 minutes' },
  '1h': { seconds: 3_600, stepSeconds: 60, says: 'the last hour' },
  '6h': { seconds: 21_600, stepSeconds: 300, says: 'the last 6 hours' },
  '24h': { seconds: 86_400, stepSeconds: 3_600, says: 'the last 24 hours' },
  '7d': { seconds: 604_800, stepSeconds: 10_800, says: 'the last 7 days' },
  '30d': { seconds: 2_592_000, stepSeconds: 43_200, says: 'the last 30 days' },
  '90d': { seconds: 7_776_000, stepSeconds: 86_400, says: 'the last 90 days' },
  '1y': { seconds: 31_449_600, stepSeconds: 604_800, says: 'the last 52 weeks' },
} as const;
export type VolumeRange = keyof typeof VOLUME_RANGES;
export const volumeRange = z.enum(['15m', '1h', '6h', '24h', '7d', '30d', '90d', '1y']);

const count = z.int().nonnegative();
const outcomes = { delivered: count, deferred: count, bounced: count, expired: count, complained: count };

/** How long recipients waited from their acceptance to their delivery: half of them no longer than p50. */
const waits = z.object({ p50Ms: z.int(), p95Ms: z.int(), recipients: count });

/** What happened in one step of time. */
export const volumePoint = z
  .object({
    at: instant,
    /** Attempts that deferred count each time; everything else counts recipients once. */
    ...outcomes,
    waits: waits.nullable(),
    /** The most that waited, and the age of the oldest of it; null where nobody looked. */
    depth: z.object({ recipients: count, oldestAgeSeconds: count }).nullable(),
  })
  .meta({ id: 'VolumePoint' });
export type VolumePoint = z.output<typeof volumePoint>;

const threshold = z.object({ warning: z.number(), critical: z.number() });

/** What became of mail over a time, in steps, and from which share on its rates are worth a look. */
export const volume = z
  .object({
    since: instant,
    until: instant,
    stepSeconds: z.int(),
    points: z.array(volumePoint),
    total: z.object({ ...outcomes, waits: waits.nullable() }),
    /**
     * Of what ended; of all attempts for what was deferred. What is delivered is worth a look below them. Of fewer recipients
     * than `least` no share says anything.
     */
    thresholds: z.object({
      least: z.int(),
      delivered: threshold,
      deferred: threshold,
      bounced: threshold,
      complained: threshold,
    }),
    /** TLS sessions with mail hosts by the policy that was found (RFC 8460 §4.4), by whole days (UTC). */
    tls: z.array(z.object({ policyType: z.string(), successes: count, failures: count })),
  })
  .meta({ id: 'Volume' });
export type Volume = z.output<typeof volume>;

/** A delivery queue by what went wrong there over a time, and why. */
export const queueTrouble = z
  .object({
    queue: queueName,
    ...outcomes,
    /** Why attempts failed there, the commonest first; at most 3. */
    classes: z.array(z.object({ class: z.string(), recipients: count })),
    waiting: count,
    suspended: z.boolean(),
    /** Set while nothing is sent there because of what was heard. */
    restUntil: instant.nullable(),
    /** The last attempt of that time that failed. */
    lastFailure: z
      .object({ at: instant, host: z.string().nullable(), class: z.string().nullable(), reply: recordedReply })
      .nullable(),
  })
  .meta({ id: 'QueueTrouble' });
export type QueueTrouble = z.output<typeof queueTrouble>;

const tag = 'Volume';
const query = z.object({ range: volumeRange.default('24h') });

export const VOLUME_ROUTES = {
  showVolume: route({
    method: 'GET',
    path: '/api/v1/volume',
    tag,
    summary: 'What became of mail over a time: outcomes, waits, depth and TLS',
    permission: 'ledger:read',
    query,
    status: 200,
    response: volume,
    problems: [],
  }),
  listTroubles: route({
    method: 'GET',
    path: '/api/v1/volume/queues',
    tag,
    summary: 'The delivery queues with the most trouble over a time, then the busiest, each with its cause',
    permission: 'queues:read',
    query: query.extend({ limit: z.coerce.number<number>().int().min(1).max(50).default(8) }),
    status: 200,
    response: z.object({ items: z.array(queueTrouble) }),
    problems: [],
  }),
};
