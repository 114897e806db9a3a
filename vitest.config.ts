import { defaultClientConditions, defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

// Rooms are imported from their source: a test never runs against a stale build.
const SOURCE = '@postern/source';
const rooms = {
  resolve: { conditions: [SOURCE, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [SOURCE, ...defaultServerConditions], externalConditions: [SOURCE, 'node'] } },
  // NestJS finds what to inject by the types that the compiler emits.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
} as const;

const exclude = ['**/node_modules/**', '**/dist/**', '**/.next/**'];
/** What is polled for comes later on a busy machine than on an idle one. */
const expect = { poll: { timeout: 10_000 } };
const SERVER = './libs/testing/database/src/global-setup.ts';

export default defineConfig({
  test: {
    // Most tests wait for others: two at a time, on the smallest machine too.
    maxWorkers: 2,
    projects: [
      {
        ...rooms,
        test: {
          name: 'unit',
          include: ['**/*.unit.test.{ts,mjs}'],
          exclude,
          isolate: false,
          testTimeout: 30_000,
          expect,
        },
      },
      {
        ...rooms,
        test: {
          name: 'int',
          include: ['**/*.int.test.{ts,mjs}'],
          exclude,
          expect,
          globalSetup: SERVER,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...rooms,
        test: {
          name: 'wire',
          include: ['apps/e2e/wire/**/*.test.ts'],
          exclude,
          expect,
          globalSetup: SERVER,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        ...rooms,
        test: {
          name: 'console',
          include: ['apps/e2e/console/**/*.test.ts'],
          exclude,
          expect,
          globalSetup: SERVER,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
