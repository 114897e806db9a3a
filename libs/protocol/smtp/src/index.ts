/** The grammar of RFC 5321: domains, mailboxes, paths, parameters, replies. */
export * from './address-literal.ts';
export * from './domain.ts';
export * from './enhanced-status-code.ts';
export * from './ip-address.ts';
export { formatLocalPart, isLocalPart } from './local-part.ts';
export * from './mailbox.ts';
export * from './parameters.ts';
export * from './path.ts';
export * from './reply.ts';
export * from './reply-reader.ts';
export * as replies from './replies.ts';
export * from './xtext.ts';
