/** Questions to a resolver over UDP and TCP. */
export * from './create-resolver.ts';
export * from './options.ts';
export { believesAd, type Server, serversToAsk, type TrustAd } from './server.ts';
export * from './validating.ts';
