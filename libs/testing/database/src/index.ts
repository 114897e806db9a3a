/** One PostgreSQL database per test. */
export { testDatabase } from './test-database.ts';
export type { TestDatabase } from './test-database.ts';
export { durableTestServer } from './durable-test-server.ts';
export type { DurableTestServer } from './durable-test-server.ts';
export { startTestServer } from './test-server.ts';
export type { TestServer } from './test-server.ts';
