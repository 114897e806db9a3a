import { z } from 'zod';
import { route } from '../route.ts';
import { keptBack } from './kept-back.ts';
import { queuePace } from './queue-pace.ts';
import { because, instant, movedRecipients, page, pageQuery, recordedReply, untilWhen, sorted } from '../shapes.ts';

/** A delivery queue by what tells it apart. */
export const queueName = z
  .object({
    id: z.int(),
    kind: z.enum(['unresolved', 'site', 'route']),
    /** `unresolved`, the site's key (its mail hosts in order of preference), or the route's name. */
    name: z.string(),
  })
  .meta({ id: 'QueueName' });
export type QueueName = z.output<typeof queueName>;

/** A delivery queue with its depth, its age and what it last heard. */
export const queue = queueName
  .extend({
    /** Recipients that wait here, by state. */
    counts: z.object({
      queued: z.int().nonnegative(),
      sending: z.int().nonnegative(),
      deferred: z.int().nonnegative(),
      held: z.int().nonnegative(),
    }),
    /** When the oldest message that waits here was accepted. */
    oldestAcceptedAt: instant.nullable(),
    /** When the next recipient is due. */
    nextDueAt: instant.nullable(),
    /** Set while the queue is suspended. */
    suspended: z
      .object({ at: instant, until: instant.nullable(), by: z.string(), reason: z.string().nullable() })
      .nullable(),
    /** The last attempt that ended here. */
    lastAttempt: z
      .object({
        at: instant,
        outcome: z.enum(['delivered', 'deferred', 'bounced', 'expired']),
        host: z.string().nullable(),
        reply: recordedReply,
      })
      .nullable(),
    /** How it sends now: lanes that run, of those that may, of those that might; and what holds it back. */
    sends: z.object({
      running: z.int(),
      lanes: z.int(),
      mostLanes: z.int(),
      perMinute: z.number().nullable(),
      restUntil: instant.nullable(),
    }),
  })
  .meta({ id: 'Queue' });
export type Queue = z.output<typeof queue>;

/** A queue opened: with the domains that it serves. */
export const queueDetail = queue
  .extend({
    pace: queuePace,
    /** What keeps its mail from being sent at once, in words, the widest first. */
    keptBack: z.array(keptBack),
    /** Domains whose mail waits here, the deepest first; at most 100. */
    domains: z.array(z.object({ domain: z.string(), recipients: z.int().nonnegative() })),
    /** What the latest attempts heard, those that were heard alike together, the latest first; at most 10 of 500 attempts. */
    replies: z.array(
      z.object({
        outcome: z.enum(['delivered', 'deferred', 'bounced', 'expired']),
        class: z.string().nullable(),
        reply: recordedReply,
        attempts: z.int(),
        lastAt: instant,
      }),
    ),
  })
  .meta({ id: 'QueueDetail' });
export type QueueDetail = z.output<typeof queueDetail>;

/** By how much waits, by the age of what waits longest, or by name. */
export const QUEUE_SORTS = ['depth', 'oldest', 'name'] as const;

const tag = 'Queues';
const params = z.object({ id: z.coerce.number<number>().int().positive() });

export const QUEUE_ROUTES = {
  listQueues: route({
    method: 'GET',
    path: '/api/v1/queues',
    tag,
    summary: 'Delivery queues: those in which something waits, or all',
    permission: 'queues:read',
    query: pageQuery.extend({
      /** By `oldest` a queue without mail is the youngest. */
      ...sorted(QUEUE_SORTS, 'descending'),
      /** `waiting`: only queues in which something waits, or that are suspended. */
      show: z.enum(['waiting', 'all']).default('waiting'),
      kind: z.enum(['unresolved', 'site', 'route']).optional(),
      /** Queues whose name contains this. */
      name: z.string().min(1).max(255).optional(),
    }),
    status: 200,
    response: page(queue),
    problems: [],
  }),
  showQueue: route({
    method: 'GET',
    path: '/api/v1/queues/{id}',
    tag,
    summary: 'One delivery queue',
    permission: 'queues:read',
    params,
    status: 200,
    response: queueDetail,
    problems: ['not-found'],
  }),
  suspendQueue: route({
    method: 'POST',
    path: '/api/v1/queues/{id}/suspend',
    tag,
    summary: 'Suspend a queue: nothing is sent from it for an hour, or until it is resumed',
    permission: 'queues:command',
    params,
    body: because.extend(untilWhen),
    status: 200,
    response: queue,
    problems: ['not-found', 'conflict'],
  }),
  resumeQueue: route({
    method: 'POST',
    path: '/api/v1/queues/{id}/resume',
    tag,
    summary: 'Resume a suspended queue',
    permission: 'queues:command',
    params,
    body: because,
    status: 200,
    response: queue,
    problems: ['not-found', 'conflict'],
  }),
  retryQueue: route({
    method: 'POST',
    path: '/api/v1/queues/{id}/retry',
    tag,
    summary: 'Make every deferred recipient of a queue due now',
    permission: 'queues:command',
    params,
    body: because,
    status: 200,
    response: movedRecipients,
    problems: ['not-found'],
  }),
};
