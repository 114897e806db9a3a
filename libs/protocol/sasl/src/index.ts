/** The mechanisms of AUTH (RFC 4954), both sides. */
export * from './client/choose.ts';
export * from './client/mechanism.ts';
export * from './scram/channel-binding.ts';
export * from './scram/saslprep.ts';
export * from './scram/verifier.ts';
export * from './server/base64.ts';
export * from './server/credentials.ts';
export * from './server/mechanism.ts';
export * from './server/mechanisms.ts';
