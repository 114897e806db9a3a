import { userInfo } from 'node:os';
import { checkSecret, cliActor, WrongSecret, type Context } from '@postern/administration';
import { loadSecret, readConfiguration } from '@postern/configuration';
import { createResolver } from '@postern/dns-resolver';
import { createMachine } from '@postern/machine';
import { logger } from '@postern/observability';
import { explainer, policyFetcherOf, rehearser, sourcesOf } from '@postern/outbound';
import { createStore, type Store } from '@postern/prisma-store';
import { StoreUnavailable, systemClock, type AlarmClock, type Lane, type QueueId } from '@postern/queue';
import { deriveKeys } from '@postern/sealing';
import { CommandFailed, EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { findDatabase } from './find-database.ts';

/** Runs work on the database, as the operator at this shell. */
export async function withAdministration<T>(io: Io, work: (context: Context) => Promise<T>): Promise<T> {
  const reading = readConfiguration(io.env);
  if ('faults' in reading) throw new CommandFailed(reading.faults.join('\n'), EXIT.configuration);
  const configuration = reading.ok;
  const databaseUrl = await findDatabase(configuration);
  const keys = deriveKeys(loadSecret(configuration));
  const log = logger({ service: 'cli', level: 'silent' });
  const resolver = createResolver({ ...configuration.dns, log });
  const store = createStore({ databaseUrl, poolSize: 2, log });
  const nudges = new Nudges(store);
  try {
    await checkSecret(store.admin, keys);
    return await work({
      actor: cliActor(account(io)),
      store: store.admin,
      clock: systemClock,
      keys,
      explainDelivery: explainer(configuration, store, log),
      rehearseRoute: rehearser(configuration, store, { sealKey: keys.sealKey, log }),
      alarmClock: nudges,
      resolver,
      machine: createMachine({ configuration, resolver, store }),
      blockLists: configuration.dnsBlockLists,
      sources: sourcesOf(configuration),
      fetchPolicy: policyFetcherOf(configuration, resolver),
    });
  } catch (error) {
    if (error instanceof WrongSecret) throw new CommandFailed(error.message);
    if (error instanceof StoreUnavailable) throw new CommandFailed(error.message);
    throw error;
  } finally {
    await nudges.told();
    await Promise.all([store.close(), resolver.close()]);
  }
}

/** Tells the delivery processes at once what a command made due; a nudge that is lost is made up for by their sweep. */
class Nudges implements AlarmClock {
  readonly #store: Pick<Store, 'notifyWork'>;
  readonly #queues = new Set<QueueId>();

  constructor(store: Pick<Store, 'notifyWork'>) {
    this.#store = store;
  }

  wake({ queueId }: Lane): void {
    this.#queues.add(queueId);
  }

  /** Resolves when everything is told. */
  async told(): Promise<void> {
    const queues = [...this.#queues];
    this.#queues.clear();
    await this.#store.notifyWork(queues);
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
