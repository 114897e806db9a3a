import { z } from 'zod';
import { route } from '../route.ts';
import { because, instant, page, pageQuery, sorted } from '../shapes.ts';

export const EVENT_SEVERITIES = ['info', 'warning', 'critical'] as const;

/** Something that an operator should look at, until it is resolved. */
export const event = z
  .object({
    id: z.string(),
    /** Noun and what happened: `credential.departure`. */
    kind: z.string(),
    severity: z.enum(EVENT_SEVERITIES),
    subject: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
    text: z.string(),
    facts: z.record(z.string(), z.unknown()),
    at: instant,
    /** When it was last seen to happen, and how often. */
    lastAt: instant,
    times: z.int(),
    resolvedAt: instant.nullable(),
    resolvedBy: z.string().nullable(),
  })
  .meta({ id: 'Event' });
export type Event = z.output<typeof event>;

const tag = 'Events';

export const EVENT_ROUTES = {
  listEvents: route({
    method: 'GET',
    path: '/api/v1/events',
    tag,
    summary: 'What needs an operator, the latest first',
    permission: 'events:read',
    query: pageQuery.extend({
      /** `open`: not resolved yet. */
      state: z.enum(['open', 'resolved', 'all']).default('open'),
      /** The id of what it is about. */
      subject: z.string().min(1).max(64).optional(),
      severity: z.enum(['info', 'warning', 'critical']).optional(),
      /** What happened: `credential.departure`; or the noun of it: `credential`. */
      kind: z
        .string()
        .trim()
        .regex(/^[a-z-]{1,40}(?:\.[a-z-]{1,40})?$/, 'A noun, or noun.what: credential, credential.departure')
        .optional(),
      ...sorted(['at'], 'descending'),
    }),
    status: 200,
    response: page(event),
    problems: [],
  }),
  resolveEvent: route({
    method: 'POST',
    path: '/api/v1/events/{id}/resolve',
    tag,
    summary: 'Say that an event was dealt with; it changes nothing else',
    permission: 'events:command',
    params: z.object({ id: z.string().regex(/^\d{1,18}$/) }),
    body: because,
    status: 200,
    response: event,
    problems: ['not-found', 'conflict'],
  }),
};
