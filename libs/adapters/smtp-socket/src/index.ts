/** Carries SMTP octets over TCP and TLS. */
export * from './client/index.ts';
export * from './server/index.ts';
