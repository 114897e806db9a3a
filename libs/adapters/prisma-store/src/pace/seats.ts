import { StoreUnavailable, type Lane } from '@postern/queue';
import pg from 'pg';
import type { StoreLog } from '../connection/log.ts';

const BEAT_MS = 10_000;
/** A process that stands still, and a machine that is gone without a word, lose their seats within a minute. */
const SESSION = `
  set idle_session_timeout = '60s';
  set tcp_keepalives_idle = 10;
  set tcp_keepalives_interval = 5;
  set tcp_keepalives_count = 3;`;

/**
 * The seats of lanes: an advisory lock of the database for each lane that runs, held by one connection of this process.
 *
 * So a lane number runs once in the whole world, whatever the alarm clock says, and the seats of a process that dies are
 * free as soon as the database notices. When the connection is lost the seats are lost with it.
 */
export class Seats {
  readonly #databaseUrl: string;
  readonly #log: StoreLog;
  readonly #taken = new Set<string>();
  #client: Promise<pg.Client> | undefined;
  #beat: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(databaseUrl: string, log: StoreLog) {
    this.#databaseUrl = databaseUrl;
    this.#log = log;
  }

  /** False when another lane of this number runs, here or elsewhere. */
  async take(lane: Lane): Promise<boolean> {
    const seat = nameOf(lane);
    // The lock knows sessions only: within this one it could be taken twice.
    if (this.#taken.has(seat)) return false;
    this.#taken.add(seat);
    try {
      const client = await this.#connected();
      const { rows } = await client.query<[boolean]>({
        name: 'take-seat',
        text: 'select pg_try_advisory_lock($1::int, $2::int)',
        values: [lane.queueId, lane.lane],
        rowMode: 'array',
      });
      const taken = rows[0]?.[0] === true;
      if (!taken) this.#taken.delete(seat);
      return taken;
    } catch (cause) {
      this.#taken.delete(seat);
      throw new StoreUnavailable('The seat of a lane could not be taken', { cause });
    }
  }

  has(lane: Lane): boolean {
    return this.#taken.has(nameOf(lane));
  }

  /** Never rejects: what the database does not hear of now it notices when the connection is gone. */
  async leave(lane: Lane): Promise<void> {
    if (!this.#taken.delete(nameOf(lane))) return;
    try {
      const client = await this.#connected();
      await client.query({
        name: 'leave-seat',
        text: 'select pg_advisory_unlock($1::int, $2::int)',
        values: [lane.queueId, lane.lane],
      });
    } catch (cause) {
      this.#log.warn({ err: cause }, 'the seat of a lane was left without the database');
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#beat);
    const client = await this.#client?.catch(() => undefined);
    await client?.end().catch(() => undefined);
  }

  #connected(): Promise<pg.Client> {
    if (this.#closed) return Promise.reject(new StoreUnavailable('The store is closed'));
    return (this.#client ??= this.#connect());
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.#databaseUrl,
      application_name: 'postern seats',
      connectionTimeoutMillis: 5_000,
      query_timeout: 10_000,
      keepAlive: true,
    });
    const gone = () => {
      if (this.#client === undefined) return;
      this.#client = undefined;
      this.#taken.clear();
      clearInterval(this.#beat);
      if (!this.#closed) this.#log.warn({}, 'the seats of lanes are lost with their connection, and taken anew');
    };
    client.on('error', gone).on('end', gone);
    try {
      await client.connect();
      await client.query(SESSION);
      this.#beat = setInterval(() => client.query('select 1').catch(() => undefined), BEAT_MS).unref();
      return client;
    } catch (cause) {
      this.#client = undefined;
      throw cause;
    }
  }
}

function nameOf({ queueId, lane }: Lane): string {
  return `${queueId}/${lane}`;
}
