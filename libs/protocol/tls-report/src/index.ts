/** Reports about TLS (RFC 8460): who wants them, what they say, how they travel. */
export * from './report.ts';
export * from './report-mail.ts';
export * from './report-record.ts';
