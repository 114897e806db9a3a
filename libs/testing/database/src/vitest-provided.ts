export type { ProvidedContext } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of the run: see global-setup.ts. */
    posternTestDatabaseUrl: string;
  }
}
