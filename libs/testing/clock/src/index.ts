export * from './cpu-time.ts';
export * from './settable-clock.ts';
