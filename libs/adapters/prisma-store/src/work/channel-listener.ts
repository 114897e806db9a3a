import pg from 'pg';
import type { StoreLog } from '../connection/log.ts';

/** What is heard on a channel; undefined: something may have been said that was not heard. */
export type PayloadHandler = (payload: string | undefined) => void;

export interface ListenerOptions {
  readonly databaseUrl: string;
  readonly log: StoreLog;
  readonly channel: string;
  /** What the server calls the connection. */
  readonly name: string;
  /** What is logged while nothing is heard. */
  readonly unheard: string;
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;

/**
 * Hears what is notified on a channel over one connection of its own, and connects again whenever that is lost. What is
 * said meanwhile is not heard, which the handlers are told.
 */
export class ChannelListener {
  readonly #options: ListenerOptions;
  readonly #handlers = new Set<PayloadHandler>();
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #waitMs = FIRST_WAIT_MS;
  #closed = false;
  #listening: Promise<void> | undefined;

  constructor(options: ListenerOptions) {
    this.#options = options;
  }

  /** Calls the handler for each notification; the answer ends that. */
  add(handler: PayloadHandler): () => void {
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
    const { databaseUrl, log, channel, name, unheard } = this.#options;
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: name,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    this.#client = client;
    client.on('notification', ({ payload }) => this.#heard(payload));
    client.on('error', (cause) => log.warn({ err: cause }, unheard));
    client.on('end', () => this.#again(client));
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      this.#waitMs = FIRST_WAIT_MS;
      this.#heard(undefined);
    } catch (cause) {
      log.warn({ err: cause }, unheard);
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
    for (const handler of this.#handlers) {
      try {
        handler(payload);
      } catch (cause) {
        this.#options.log.warn({ err: cause }, 'notification not handled');
      }
    }
  }
}
