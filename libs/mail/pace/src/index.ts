/** How many lanes a site has, how fast they go, and what its replies make of that. */
export * from './judge-reply.ts';
export * from './limits.ts';
export * from './pace.ts';
export type * from './pace-store.ts';
export * from './providers.ts';
export * from './react.ts';
export * from './reply-rules.ts';
export * from './site-of.ts';
export * from './source.ts';
export * from './tokens.ts';
