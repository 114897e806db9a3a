/** Tells senders what became of their mail, and remembers which addresses are gone. */
export type * from './bounce-store.ts';
export * from './decide.ts';
export * from './explain.ts';
export * from './keep-reporting.ts';
export * from './rate-thresholds.ts';
export * from './suppression-rules.ts';
export * from './returned-mail.ts';
export * from './returned-store.ts';
export * from './tls-report-inbox.ts';
export * from './tls-report-mail.ts';
