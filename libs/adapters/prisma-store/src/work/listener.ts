import type { QueueId } from '@postern/queue';
import pg from 'pg';
import type { StoreLog } from '../connection/log.ts';
import { WORK_CHANNEL } from './channel.ts';
import { queueIdsOf } from './notify-work.ts';

export type WorkHandler = (queueIds: readonly QueueId[]) => void;

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;

/**
 * Hears nudges over one connection of its own, and connects again whenever that is lost. What is said meanwhile is not
 * heard: the sweep finds it.
 */
export class WorkListener {
  readonly #databaseUrl: string;
  readonly #log: StoreLog;
  readonly #handlers = new Set<WorkHandler>();
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #waitMs = FIRST_WAIT_MS;
  #closed = false;
  #listening: Promise<void> | undefined;

  constructor(databaseUrl: string, log: StoreLog) {
    this.#databaseUrl = databaseUrl;
    this.#log = log;
  }

  /** Calls the handler for each nudge; the answer ends that. */
  add(handler: WorkHandler): () => void {
    this.#handlers.add(handler);
    if (!this.#closed) this.#listening ??= this.#listen();
    return () => this.#handlers.delete(handler);
  }

  /** Resolves when the first connection has been tried. */
  async tried(): Promise<void> {
    await this.#listening;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#listening;
    await this.#client?.end().catch(() => undefined);
  }

  async #listen(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#databaseUrl,
      application_name: 'postern work',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    this.#client = client;
    client.on('notification', ({ payload }) => this.#heard(payload));
    client.on('error', (cause) => this.#log.warn({ err: cause }, 'nudges are not heard, the sweep makes up for it'));
    client.on('end', () => this.#again(client));
    try {
      await client.connect();
      await client.query(`listen ${WORK_CHANNEL}`);
      this.#waitMs = FIRST_WAIT_MS;
    } catch (cause) {
      this.#log.warn({ err: cause }, 'nudges are not heard, the sweep makes up for it');
      await client.end().catch(() => undefined);
      this.#again(client);
    }
  }

  #again(client: pg.Client): void {
    if (this.#closed || this.#client !== client) return;
    this.#client = undefined;
    this.#timer = setTimeout(() => (this.#listening = this.#listen()), this.#waitMs);
    this.#waitMs = Math.min(this.#waitMs * 2, LONGEST_WAIT_MS);
  }

  #heard(payload: string | undefined): void {
    const queueIds = queueIdsOf(payload ?? '');
    if (queueIds.length === 0) return;
    for (const handler of this.#handlers) {
      try {
        handler(queueIds);
      } catch (cause) {
        this.#log.warn({ err: cause }, 'nudge not handled');
      }
    }
  }
}
