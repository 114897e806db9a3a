export * from './answer.ts';
export * from './mail-hosts.ts';
export * from './records.ts';
export * from './resolver.ts';
