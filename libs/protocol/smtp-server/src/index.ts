/** The server side of a session, a state machine without I/O. */
export * from './carrier.ts';
export * from './client.ts';
export * from './content/content-receiver.ts';
export * from './content/content-scanner.ts';
export * from './conversation.ts';
export * from './event.ts';
export * from './line-reader.ts';
export * from './policy.ts';
export * from './profile.ts';
export * from './question.ts';
export * from './receive.ts';
export { newSession, type Session } from './session.ts';
export * from './settings.ts';
export type { Effect, Step } from './step.ts';
