/** What a mail host must prove, and whether it did. */
export { certificateNames } from './certificate-names.ts';
export * from './channel-demand.ts';
export * from './channel-facts.ts';
export * from './judge.ts';
export * from './result-type.ts';
export * from './verification-code.ts';
