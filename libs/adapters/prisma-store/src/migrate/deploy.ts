import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Fault } from '@postern/queue';

/** A migration did not apply; the message is what the migrating tool said. */
export class MigrationFailed extends Fault {
  override readonly name = 'MigrationFailed';
}

const LONGEST_MS = 10 * 60_000;

/** Runs `prisma migrate deploy` from the folder in which its configuration is. */
export async function deploy(databaseUrl: string, folder: string, signal?: AbortSignal): Promise<void> {
  const child = spawn(process.execPath, [prismaCli(), 'migrate', 'deploy'], {
    cwd: folder,
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      NO_COLOR: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LONGEST_MS,
    ...(signal ? { signal } : {}),
  });
  let said = '';
  const hear = (octets: Buffer) => (said = `${said}${octets.toString('utf8')}`.slice(-8_000));
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const code = await new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => resolve(status ?? signal));
  });
  if (code !== 0) throw new MigrationFailed(`The database could not be migrated (${code ?? 'ended'}): ${said.trim()}`);
}

function prismaCli(): string {
  const manifest = createRequire(import.meta.url).resolve('prisma/package.json');
  return join(dirname(manifest), 'build', 'index.js');
}
