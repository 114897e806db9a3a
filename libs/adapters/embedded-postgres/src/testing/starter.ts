/** A process of its own that starts the server of argv[2], says so in one line, and stays. */
import { EmbeddedPostgresFault } from '../fault.ts';
import { startEmbeddedPostgres } from '../start-embedded-postgres.ts';

const quiet = { info: () => undefined, warn: () => undefined };
try {
  const server = await startEmbeddedPostgres({ dataDir: process.argv[2] ?? '', log: quiet });
  console.log(JSON.stringify({ pid: server.pid }));
} catch (error) {
  if (!(error instanceof EmbeddedPostgresFault)) throw error;
  console.log(JSON.stringify({ fault: error.kind }));
}
