/** One service as a process: its environment, when it is ready, how it ends. */
export { runService, type RunningService } from './run-service.ts';
export { closedLast } from './closed-last.ts';
export { giveWayToMail } from './give-way-to-mail.ts';
