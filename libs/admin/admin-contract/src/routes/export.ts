import { z } from 'zod';
import { route } from '../route.ts';
import { AUDIT_ROUTES } from './audit.ts';
import { BOUNCE_ROUTES, rateFilter } from './bounce.ts';
import { CREDENTIAL_ROUTES } from './credential.ts';
import { EVENT_ROUTES } from './event.ts';
import { MESSAGE_ROUTES } from './message.ts';
import { QUEUE_ROUTES } from './queue.ts';
import { SUPPRESSION_ROUTES } from './suppression.ts';

/** Where a page ends is nothing to an export, which has all of them. */
const PAGING = { cursor: true, limit: true } as const;

/** Lists as CSV (RFC 4180), all of what a filter describes, streamed. */
export const EXPORT_ROUTES = {
  exportMessages: route({
    method: 'GET',
    path: '/api/v1/messages.csv',
    tag: 'Messages',
    summary: 'Messages that a query describes, the latest first, as CSV',
    permission: 'messages:read',
    query: MESSAGE_ROUTES.findMessages.query.omit(PAGING),
    status: 200,
    produces: 'text/csv',
    problems: [],
  }),
  exportBounces: route({
    method: 'GET',
    path: '/api/v1/bounces.csv',
    tag: 'Bounces',
    summary:
      'Recipients that bounced or expired with the reply that ended them, those of the youngest messages first, as CSV',
    permission: 'bounces:read',
    query: z.object({ ...rateFilter, outcome: z.enum(['bounced', 'expired']).optional() }),
    status: 200,
    produces: 'text/csv',
    problems: ['not-found'],
  }),
  exportSuppressions: route({
    method: 'GET',
    path: '/api/v1/suppressions.csv',
    tag: 'Suppressions',
    summary: 'Addresses that are not sent to, as CSV',
    permission: 'bounces:read',
    query: SUPPRESSION_ROUTES.listSuppressions.query.omit(PAGING),
    status: 200,
    produces: 'text/csv',
    problems: [],
  }),
  exportReturnedReports: route({
    method: 'GET',
    path: '/api/v1/bounces/returned.csv',
    tag: 'Bounces',
    summary: 'What came back to signed return-paths, the latest first, as CSV',
    permission: 'bounces:read',
    query: BOUNCE_ROUTES.listReturnedReports.query.omit(PAGING),
    status: 200,
    produces: 'text/csv',
    problems: [],
  }),
  exportCredentials: route({
    method: 'GET',
    path: '/api/v1/credentials.csv',
    tag: 'Credentials',
    summary: 'Submission credentials without their secrets, as CSV',
    permission: 'credentials:read',
    query: CREDENTIAL_ROUTES.listCredentials.query.omit(PAGING),
    status: 200,
    produces: 'text/csv',
    problems: [],
  }),
  exportQueues: route({
    method: 'GET',
    path: '/api/v1/queues.csv',
    tag: 'Queues',
    summary: 'Delivery queues, those in which something waits or all, as CSV',
    permission: 'queues:read',
    query: QUEUE_ROUTES.listQueues.query.omit(PAGING),
    status: 200,
    produces: 'text/csv',
    problems: [],
  }),
  exportEvents: route({
    method: 'GET',
    path: '/api/v1/events.csv',
    tag: 'Events',
    summary: 'What needs an operator, the latest first, as CSV',
    permission: 'events:read',
    query: EVENT_ROUTES.listEvents.query.omit(PAGING),
    status: 200,
    produces: 'text/csv',
    problems: [],
  }),
  exportAudit: route({
    method: 'GET',
    path: '/api/v1/audit.csv',
    tag: 'Audit',
    summary: 'What operators did, the latest first, as CSV',
    permission: 'audit:read',
    query: AUDIT_ROUTES.listAudit.query.omit(PAGING),
    status: 200,
    produces: 'text/csv',
    problems: [],
  }),
};
export type ExportName = keyof typeof EXPORT_ROUTES;
