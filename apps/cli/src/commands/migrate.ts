import { alarmBackend, prepareAlarmBackend } from '@postern/bullmq-queue';
import { readConfiguration } from '@postern/configuration';
import { migrate } from '@postern/prisma-store';
import { Command } from 'commander';
import { findDatabase } from '../database/find-database.ts';
import { CommandFailed, EXIT } from '../exit.ts';
import type { Io } from '../io.ts';

/** `postern migrate`: brings the database to the schema of this version, and checks where lanes are kept. `postern up` does it too. */
export function migrateCommand(io: Io): Command {
  return new Command('migrate')
    .description('bring the database to the schema of this version (postern up does it too)')
    .option('--json', 'answer as JSON')
    .action(async ({ json }: { json?: true }) => {
      const reading = readConfiguration(io.env);
      if ('faults' in reading) throw new CommandFailed(reading.faults.join('\n'), EXIT.configuration);
      const databaseUrl = await findDatabase(reading.ok);
      try {
        await migrate({ databaseUrl, log: { info: () => undefined, warn: (_facts, event) => io.err(`${event}\n`) } });
        await prepareAlarmBackend(alarmBackend({ redisUrl: reading.ok.redisUrl, databaseUrl }));
      } catch (error) {
        throw new CommandFailed(error instanceof Error ? error.message : String(error));
      }
      io.out(json ? '{"migrated":true}\n' : 'The database has the schema of this version.\n');
    });
}
