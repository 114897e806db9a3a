import { z } from 'zod';
import { route } from '../route.ts';
import { API_KEY_ROUTES } from './api-key.ts';
import { INVITATION_ROUTES } from './invitation.ts';
import { ACCOUNT_ROUTES } from './account.ts';
import { OPERATION_ROUTES } from './operation.ts';
import { SOURCE_ROUTES } from './source.ts';
import { MAIL_ROUTE_ROUTES } from './mail-route.ts';
import { SENDING_DOMAIN_ROUTES } from './sending-domain.ts';
import { NETWORK_ROUTES } from './network.ts';
import { AUDIT_ROUTES } from './audit.ts';
import { BOUNCE_ROUTES, rateFilter } from './bounce.ts';
import { CREDENTIAL_ROUTES } from './credential.ts';
import { EVENT_ROUTES } from './event.ts';
import { MESSAGE_ROUTES } from './message.ts';
import { QUEUE_ROUTES } from './queue.ts';
import { SUPPRESSION_ROUTES } from './suppression.ts';
import { SUSPENSION_ROUTES } from './suspension.ts';

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
  exportSuspensions: route({
    method: 'GET',
    path: '/api/v1/suspensions.csv',
    tag: 'Suspensions',
    summary: 'Everything that is suspended now, queues too, as CSV',
    permission: 'queues:read',
    query: SUSPENSION_ROUTES.listSuspensions.query.omit(PAGING),
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
  exportNetworks: route({
    method: 'GET',
    path: '/api/v1/networks.csv',
    tag: 'Listed networks',
    summary: 'Listed networks, with who may send from them, as CSV',
    permission: 'networks:read',
    query: NETWORK_ROUTES.listNetworks.query.omit(PAGING),
    status: 200,
    produces: 'text/csv',
    problems: [],
  }),
  exportDomains: route({
    method: 'GET',
    path: '/api/v1/domains.csv',
    tag: 'Sending domains',
    summary: 'Sending domains, with the keys that sign, as CSV',
    permission: 'domains:read',
    query: SENDING_DOMAIN_ROUTES.listDomains.query.omit(PAGING),
    status: 200,
    produces: 'text/csv',
    problems: [],
  }),
  exportRoutes: route({
    method: 'GET',
    path: '/api/v1/routes.csv',
    tag: 'Routes',
    summary: 'Routes, with what they take, as CSV',
    permission: 'routes:read',
    query: MAIL_ROUTE_ROUTES.listRoutes.query.omit(PAGING),
    status: 200,
    produces: 'text/csv',
    problems: [],
  }),
  exportSources: route({
    method: 'GET',
    path: '/api/v1/sources.csv',
    tag: 'Sources',
    summary: 'Sources, by name or by pool, as CSV',
    permission: 'routes:read',
    query: SOURCE_ROUTES.listSources.query.omit(PAGING),
    status: 200,
    produces: 'text/csv',
    problems: [],
  }),
  exportOperations: route({
    method: 'GET',
    path: '/api/v1/operations.csv',
    tag: 'Operations',
    summary: 'Operations, the latest first, as CSV',
    permission: 'messages:read',
    query: OPERATION_ROUTES.listOperations.query.omit(PAGING),
    status: 200,
    produces: 'text/csv',
    problems: [],
  }),
  exportAccounts: route({
    method: 'GET',
    path: '/api/v1/accounts.csv',
    tag: 'Accounts',
    summary: 'People who may sign in, as CSV',
    permission: 'accounts:read',
    query: ACCOUNT_ROUTES.listAccounts.query.omit(PAGING),
    status: 200,
    produces: 'text/csv',
    problems: [],
  }),
  exportInvitations: route({
    method: 'GET',
    path: '/api/v1/invitations.csv',
    tag: 'Accounts',
    summary: 'Invitations without their links, as CSV',
    permission: 'accounts:read',
    query: INVITATION_ROUTES.listInvitations.query.omit(PAGING),
    status: 200,
    produces: 'text/csv',
    problems: [],
  }),
  exportApiKeys: route({
    method: 'GET',
    path: '/api/v1/api-keys.csv',
    tag: 'API keys',
    summary: 'API keys without their texts, as CSV',
    permission: 'api-keys:read',
    query: API_KEY_ROUTES.listApiKeys.query.omit(PAGING),
    status: 200,
    produces: 'text/csv',
    problems: [],
  }),
};
export type ExportName = keyof typeof EXPORT_ROUTES;
