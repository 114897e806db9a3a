/** What came of TLS with each destination, counted, and reported to who wants to know. */
export * from './keep-tls-reporting.ts';
export * from './make-reports.ts';
export type * from './ports.ts';
export * from './send-reports.ts';
export * from './session-results.ts';
