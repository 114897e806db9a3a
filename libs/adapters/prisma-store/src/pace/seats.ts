import { StoreUnavailable, type Lane } from '@postern/queue';
import type { StoreLog } from '../connection/log.ts';
import { SeatSession } from './seat-session.ts';

/**
 * The seats of lanes: an advisory lock of the database for each lane that runs, held by one connection of this process.
 *
 * So a lane number runs once in the whole world, whatever the alarm clock says, and the seats of a process that dies are
 * free as soon as the database notices. When the connection is lost the seats are lost with it.
 */
export class Seats {
  readonly #databaseUrl: string;
  readonly #log: StoreLog;
  #opening: Promise<SeatSession> | undefined;
  #session: SeatSession | undefined;
  #closed = false;

  constructor(databaseUrl: string, log: StoreLog) {
    this.#databaseUrl = databaseUrl;
    this.#log = log;
  }

  /** False when another lane of this number runs, here or elsewhere. */
  async take(lane: Lane): Promise<boolean> {
    try {
      const session = await this.#connected();
      return await session.take(lane);
    } catch (cause) {
      throw new StoreUnavailable('The seat of a lane could not be taken', { cause });
    }
  }

  has(lane: Lane): boolean {
    return this.#session?.has(lane) === true;
  }

  /** Never rejects: what the database does not hear of now it notices when the connection is gone. */
  async leave(lane: Lane): Promise<void> {
    try {
      await this.#session?.leave(lane);
    } catch (cause) {
      this.#log.warn({ err: cause }, 'the seat of a lane was left without the database');
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const session = await this.#opening?.catch(() => undefined);
    await session?.end();
  }

  #connected(): Promise<SeatSession> {
    if (this.#closed) return Promise.reject(new StoreUnavailable('The store is closed'));
    return (this.#opening ??= this.#open());
  }

  async #open(): Promise<SeatSession> {
    try {
      return (this.#session = await SeatSession.open(this.#databaseUrl, () => this.#lose()));
    } catch (cause) {
      this.#opening = undefined;
      throw cause;
    }
  }

  #lose(): void {
    this.#opening = undefined;
    this.#session = undefined;
    if (!this.#closed) this.#log.warn({}, 'the seats of lanes are lost with their connection, and taken anew');
  }
}
