/** Carries SMTP octets over TCP and TLS. */
export * from './server/index.ts';
