/** The server side of a session, a state machine without I/O. */
export * from './client.ts';
export * from './policy.ts';
