/** Every list that is exported, by the name of its route. */
export { exportAudit } from './export-audit.ts';
export { exportBounces } from './export-bounces.ts';
export { exportCredentials } from './export-credentials.ts';
export { exportEvents } from './export-events.ts';
export { exportMessages } from './export-messages.ts';
export { exportQueues } from './export-queues.ts';
export { exportReturnedReports } from './export-returned.ts';
export { exportSuppressions } from './export-suppressions.ts';
