export * from './settable-clock.ts';
