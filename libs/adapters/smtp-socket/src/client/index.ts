export * from './dialer.ts';
export * from './timeouts.ts';
