import { z } from 'zod';
import { route } from '../route.ts';
import { instant, page, pageQuery, reason, rerouting, sorted } from '../shapes.ts';

const count = z.int().nonnegative();

/** What can be done to every recipient that a query describes. */
export const OPERATION_KINDS = ['hold', 'release', 'retry', 'reroute', 'cancel', 'bounce', 'expire'] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];
const kind = z.enum(OPERATION_KINDS);
export const OPERATION_STATES = ['running', 'done', 'cancelled', 'failed'] as const;

/** An operation, and how far it has come. */
export const operation = z
  .object({
    id: z.string(),
    kind,
    state: z.enum(OPERATION_STATES),
    query: z.string(),
    reason: z.string().nullable(),
    /** Where a reroute sends its recipients: the route's name; null when they are looked up anew. */
    route: z.string().nullable(),
    by: z.string(),
    createdAt: instant,
    /** When its first batch was begun. */
    startedAt: instant.nullable(),
    endedAt: instant.nullable(),
    /** How many recipients it was for when it was asked for, and how many it has moved. */
    expected: count,
    moved: count,
    cancelledBy: z.string().nullable(),
    /** Why it failed, or where it had to try again. */
    fault: z.string().nullable(),
  })
  .meta({ id: 'Operation' });
export type Operation = z.output<typeof operation>;

/** What an operation would be for. */
export const operationCount = z.object({ messages: count, recipients: count }).meta({ id: 'OperationCount' });
export type OperationCount = z.output<typeof operationCount>;

const tag = 'Operations';
const params = z.object({ id: z.uuid() });
/** The query language of `GET /api/v1/messages`. */
const query = z.string().trim().min(1).max(1000);

export const OPERATION_ROUTES = {
  countOperation: route({
    method: 'POST',
    path: '/api/v1/operations/count',
    tag,
    summary: 'How many recipients an operation would be for',
    permission: 'messages:read',
    body: z.object({ kind, query }),
    status: 200,
    response: operationCount,
    problems: [],
  }),
  startOperation: route({
    method: 'POST',
    path: '/api/v1/operations',
    tag,
    summary: 'Hold, release, retry, reroute, cancel, bounce or expire every recipient that a query describes',
    permission: 'messages:command',
    body: z.object({ kind, query, reason: reason.optional(), ...rerouting }),
    status: 201,
    response: operation,
    problems: ['not-found'],
  }),
  listOperations: route({
    method: 'GET',
    path: '/api/v1/operations',
    tag,
    summary: 'Operations, the latest first',
    permission: 'messages:read',
    query: pageQuery.extend({
      kind: kind.optional(),
      state: z.enum(OPERATION_STATES).optional(),
      ...sorted(['created'], 'descending'),
    }),
    status: 200,
    response: page(operation),
    problems: [],
  }),
  showOperation: route({
    method: 'GET',
    path: '/api/v1/operations/{id}',
    tag,
    summary: 'One operation and how far it has come',
    permission: 'messages:read',
    params,
    status: 200,
    response: operation,
    problems: ['not-found'],
  }),
  cancelOperation: route({
    method: 'POST',
    path: '/api/v1/operations/{id}/cancel',
    tag,
    summary: 'End an operation before its time; what it has moved stays moved',
    permission: 'messages:command',
    params,
    body: z.object({ reason: reason.optional() }),
    status: 200,
    response: operation,
    problems: ['not-found', 'conflict'],
  }),
};
