import { userInfo } from 'node:os';
import { checkSecret, cliActor, WrongSecret, type Context } from '@postern/administration';
import { loadSecret, readConfiguration } from '@postern/configuration';
import { logger } from '@postern/observability';
import { createStore } from '@postern/prisma-store';
import { StoreUnavailable, systemClock, type AlarmClock } from '@postern/queue';
import { deriveKeys } from '@postern/sealing';
import { CommandFailed, EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { findDatabase } from './find-database.ts';

/** The sweep of the delivery processes finds what a command made due, within seconds. */
const SWEEP_INSTEAD: AlarmClock = { wake: () => undefined };

/** Runs work on the database, as the operator at this shell. */
export async function withAdministration<T>(io: Io, work: (context: Context) => Promise<T>): Promise<T> {
  const reading = readConfiguration(io.env);
  if ('faults' in reading) throw new CommandFailed(reading.faults.join('\n'), EXIT.configuration);
  const configuration = reading.ok;
  const databaseUrl = await findDatabase(configuration);
  const keys = deriveKeys(loadSecret(configuration));
  const log = logger({ service: 'cli', level: 'silent' });
  const store = createStore({ databaseUrl, poolSize: 2, log });
  try {
    await checkSecret(store.admin, keys);
    return await work({
      actor: cliActor(account(io)),
      store: store.admin,
      clock: systemClock,
      keys,
      alarmClock: SWEEP_INSTEAD,
    });
  } catch (error) {
    if (error instanceof WrongSecret) throw new CommandFailed(error.message);
    if (error instanceof StoreUnavailable) throw new CommandFailed(error.message);
    throw error;
  } finally {
    await store.close();
  }
}

/** Who is at the shell: the person behind sudo rather than root. */
function account({ env }: Io): string {
  if (env['SUDO_USER']) return env['SUDO_USER'];
  try {
    return userInfo().username;
  } catch {
    // A container's user need not be in /etc/passwd.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
