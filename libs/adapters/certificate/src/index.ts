/** The TLS certificate of our own listeners: read, re-read when it changes, generated when none is given. */
export { CertificateUnusable, type CertificateFacts, type TlsFloor } from './key-pair.ts';
export * from './own-certificate.ts';
export * from './own-certificates.ts';
