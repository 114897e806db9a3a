import { randomInt } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { EmbeddedPostgresFault } from './fault.ts';
import type { Layout } from './layout.ts';

/** The port of the last start when it is still free, else another one, which is remembered. */
export async function choosePort(layout: Layout): Promise<number> {
  const kept = keptPort(layout);
  if (kept !== undefined && (await isFree(kept))) return kept;
  for (let tries = 0; tries < 100; tries += 1) {
    // Below the range from which the system gives ports to outgoing connections: a port there is gone at any time.
    const port = randomInt(20_000, 32_000);
    if (!(await isFree(port))) continue;
    writeFileSync(layout.port, `${port}\n`, { mode: 0o600 });
    return port;
  }
  throw new EmbeddedPostgresFault(
    'refused-to-start',
    'No free port was found on 127.0.0.1 between 20000 and 32000. End what holds them, or set DATABASE_URL.',
  );
}

/** Has the next start choose another port. */
export function forgetPort(layout: Layout): void {
  rmSync(layout.port, { force: true });
}

function keptPort(layout: Layout): number | undefined {
  try {
    const port = Number(readFileSync(layout.port, 'utf8').trim());
    return Number.isInteger(port) && port > 1023 && port < 65_536 ? port : undefined;
  } catch {
    return undefined;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
