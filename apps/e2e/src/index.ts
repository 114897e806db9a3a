/** Wire tests and browser tests. */
export * from './backends.ts';
export * from './browser.ts';
export * from './console-world.ts';
export * from './database-proxy.ts';
export * from './fate.ts';
export * from './gateway.ts';
export * from './installation.ts';
export * from './lab-internet.ts';
export * from './load.ts';
export * from './raw-client.ts';
export * from './scenario.ts';
export * from './service-process.ts';
export * from './stored-mail.ts';
export * from './submit.ts';
export * from './submitting-postfix.ts';
export * from './two-submissions.ts';
export * from './whole-system.ts';
