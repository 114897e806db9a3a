/** What destinations and operators demand of the channel: found, kept, brought together. */
export * from './find-dane.ts';
export * from './ports.ts';
export * from './sts-policies.ts';
export * from './local-rules.ts';
export * from './policies.ts';
