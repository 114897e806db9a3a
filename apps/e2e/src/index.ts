/** Wire tests and browser tests. */
export * from './backends.ts';
export * from './gateway.ts';
export * from './lab-internet.ts';
export * from './scenario.ts';
export * from './submit.ts';
export * from './load.ts';
