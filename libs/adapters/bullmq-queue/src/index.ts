export * from './backend.ts';
export * from './lane-job.ts';
export * from './throttled-clock.ts';
