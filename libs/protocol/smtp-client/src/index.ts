/** The client side of a session, a state machine without I/O. */
export * from './connection.ts';
export * from './conversation.ts';
export { DotStuffing } from './dot-stuffing.ts';
export * from './extensions.ts';
export * from './fault.ts';
export * from './opening.ts';
export * from './too-many-recipients.ts';
export * from './transaction.ts';
