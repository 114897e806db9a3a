import { z } from 'zod';
import { route } from '../route.ts';
import { instant, reason, recordedReply } from '../shapes.ts';

/**
 * Why a queue's pace is as it is: the reply that was heard, or where no host spoke what was seen there (`from` is `local`), at
 * which host, and by which rule it counts.
 */
export const paceCause = z
  .object({ at: instant, rule: z.string(), host: z.string().nullable(), reply: recordedReply })
  .meta({ id: 'PaceCause' });
export type PaceCause = z.output<typeof paceCause>;

/** How fast a queue sends, what made it so, and when that will be lifted. */
export const queuePace = z
  .object({
    /** The provider that the site belongs to, whose rules and limits count. */
    provider: z.string().nullable(),
    lanes: z.object({
      /** How many may run, and how many do. */
      now: z.int(),
      running: z.int(),
      least: z.int(),
      most: z.int(),
      /** After a refusal: when there may be one more. */
      growsAt: instant.nullable(),
      cause: paceCause.nullable(),
    }),
    rate: z.object({
      /** Messages a minute; null: as fast as they go. */
      perMinute: z.number().nullable(),
      least: z.number(),
      most: z.number().nullable(),
      liftedAt: instant.nullable(),
      cause: paceCause.nullable(),
    }),
    /** Set while nothing is sent; then one message finds out whether it is answered again. */
    rest: z.object({ until: instant, cause: paceCause.nullable() }).nullable(),
    /** How often in a row nobody answered. */
    unanswered: z.int(),
    /** The last changes that a reply made, the latest first; at most 20. */
    changes: z.array(
      z.object({
        at: instant,
        kind: z.enum(['lanes', 'rate', 'rest', 'answers', 'sender', 'source']),
        /** Whose mail rests, where it is not all of it: a reverse-path, or a source's name. */
        subject: z.string().nullable(),
        before: z.number().nullable(),
        after: z.number().nullable(),
        until: instant.nullable(),
        cause: paceCause.nullable(),
      }),
    ),
  })
  .meta({ id: 'QueuePace' });
export type QueuePace = z.output<typeof queuePace>;

const lanes = z.int().min(1).max(200);
const perMinute = z.number().min(0.01).max(1_000_000);

/** The floors and ceilings of a queue's pace; what is left out stays, what is null is as for everyone again. */
export const queueLimits = z.object({
  leastLanes: lanes.nullable().optional(),
  mostLanes: lanes.nullable().optional(),
  leastPerMinute: perMinute.nullable().optional(),
  mostPerMinute: perMinute.nullable().optional(),
});
export type QueueLimits = z.output<typeof queueLimits>;

const params = z.object({ id: z.coerce.number<number>().int().positive() });

/** The floors and ceilings that were set for a queue; null where it is as for everyone. */
export const queueLimitsSet = z
  .object({
    id: z.int(),
    leastLanes: lanes.nullable(),
    mostLanes: lanes.nullable(),
    leastPerMinute: perMinute.nullable(),
    mostPerMinute: perMinute.nullable(),
  })
  .meta({ id: 'QueueLimits' });
export type QueueLimitsSet = z.output<typeof queueLimitsSet>;

export const QUEUE_PACE_ROUTES = {
  showQueueLimits: route({
    method: 'GET',
    path: '/api/v1/queues/{id}/limits',
    tag: 'Queues',
    summary: "The floors and ceilings that were set for a queue's pace",
    permission: 'queues:read',
    params,
    status: 200,
    response: queueLimitsSet,
    version: ['id', 'leastLanes', 'mostLanes', 'leastPerMinute', 'mostPerMinute'],
    audited: 'queue.limit',
    problems: ['not-found'],
  }),
  limitQueue: route({
    method: 'POST',
    changes: 'showQueueLimits',
    path: '/api/v1/queues/{id}/limit',
    tag: 'Queues',
    summary: "Set floors and ceilings of a queue's pace: lanes, and messages a minute",
    permission: 'queues:command',
    params,
    body: queueLimits.extend({ reason: reason.optional() }),
    status: 200,
    response: queuePace,
    problems: ['not-found'],
  }),
};
