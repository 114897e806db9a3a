/** Every list that is exported, by the name of its route. */
export { exportAccounts } from './export-accounts.ts';
export { exportApiKeys } from './export-api-keys.ts';
export { exportAudit } from './export-audit.ts';
export { exportBounces } from './export-bounces.ts';
export { exportCredentials } from './export-credentials.ts';
export { exportDomains } from './export-domains.ts';
export { exportEvents } from './export-events.ts';
export { exportInvitations } from './export-invitations.ts';
export { exportMessages } from './export-messages.ts';
export { exportNetworks } from './export-networks.ts';
export { exportOperations } from './export-operations.ts';
export { exportQueues } from './export-queues.ts';
export { exportReturnedReports } from './export-returned.ts';
export { exportRoutes } from './export-routes.ts';
export { exportSources } from './export-sources.ts';
export { exportSuppressions } from './export-suppressions.ts';
export { exportSuspensions } from './export-suspensions.ts';
