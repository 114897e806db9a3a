import { StoreUnavailable, type Lane } from '@postern/queue';
import pg from 'pg';
import { booleans, int4s } from '../connection/arrays.ts';

const BEAT_MS = 10_000;
const ANSWER_MS = 10_000;
/** A process that stands still, and a machine that is gone without a word, lose their seats within a minute. */
const SESSION = `
  set idle_session_timeout = '60s';
  set tcp_keepalives_idle = 10;
  set tcp_keepalives_interval = 5;
  set tcp_keepalives_count = 3;`;

/** Row by row, so a lane that leaves and takes in one round does so in that order. */
const CHANGE = `
  select case when taking then pg_try_advisory_lock(queue_id, lane) else pg_advisory_unlock(queue_id, lane) end
  from unnest($1::int[], $2::int[], $3::bool[]) as changes (queue_id, lane, taking)`;

interface Change {
  readonly lane: Lane;
  readonly taking: boolean;
  readonly resolve: (done: boolean) => void;
  readonly reject: (cause: unknown) => void;
}

/**
 * One connection and the advisory locks that it holds. What is asked while a question is under way goes with the next
 * one, so that a hundred lanes that begin at once wait for two round trips.
 *
 * After an error it is not known which locks it holds, since those of a session outlive the statement that took them:
 * the connection is ended, and the locks with it.
 */
export class SeatSession {
  readonly #client: pg.Client;
  readonly #onOver: () => void;
  readonly #beat: NodeJS.Timeout;
  readonly #taken = new Set<string>();
  readonly #waiting: Change[] = [];
  #asking = false;
  #over = false;

  private constructor(client: pg.Client, onOver: () => void) {
    this.#client = client;
    this.#onOver = onOver;
    this.#beat = setInterval(() => void this.#ask(), BEAT_MS).unref();
    const end = () => void this.end();
    client.on('error', end).on('end', end);
  }

  /**
   * Rejects with what the database, or the way to it, said. `onOver` is called once, whoever ended the session.
   * A question that is not answered within `answerMs` ends it: the server's host may be gone without a word.
   */
  static async open(databaseUrl: string, onOver: () => void, answerMs = ANSWER_MS): Promise<SeatSession> {
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'postern seats',
      connectionTimeoutMillis: 5_000,
      query_timeout: answerMs,
      keepAlive: true,
    });
    // Until there is a session, `connect` and `query` tell.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query(SESSION);
      return new SeatSession(client, onOver);
    } catch (cause) {
      await client.end().catch(() => undefined);
      throw cause;
    }
  }

  /** False when the lane has its seat already, here or elsewhere. Rejects when that is not known. */
  async take(lane: Lane): Promise<boolean> {
    const seat = nameOf(lane);
    // The lock knows sessions only: within this one it could be taken twice.
    if (this.#taken.has(seat)) return false;
    this.#taken.add(seat);
    const taken = await this.#change(lane, true);
    if (!taken) this.#taken.delete(seat);
    return taken;
  }

  has(lane: Lane): boolean {
    return !this.#over && this.#taken.has(nameOf(lane));
  }

  /** Rejects when the database did not hear of it; the session is over then, and the seat free. */
  async leave(lane: Lane): Promise<void> {
    if (this.#taken.delete(nameOf(lane))) await this.#change(lane, false);
  }

  /** Resolves when the connection is closed; whoever waits for an answer is refused at once. */
  async end(): Promise<void> {
    if (this.#over) return;
    this.#over = true;
    clearInterval(this.#beat);
    this.#onOver();
    await this.#client.end().catch(() => undefined);
  }

  #change(lane: Lane, taking: boolean): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ lane, taking, resolve, reject });
      void this.#ask();
    });
  }

  /** Asks until nobody waits; once also when nobody does, which shows the server that the session lives. */
  async #ask(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    do await this.#round(this.#waiting.splice(0));
    while (this.#waiting.length > 0);
    this.#asking = false;
  }

  async #round(changes: readonly Change[]): Promise<void> {
    try {
      if (this.#over) throw new StoreUnavailable('The connection that holds the seats of lanes is over');
      const { rows } = await this.#client.query<[boolean]>({
        name: 'change-seats',
        text: CHANGE,
        values: [
          int4s(changes.map(({ lane }) => lane.queueId)),
          int4s(changes.map(({ lane }) => lane.lane)),
          booleans(changes.map(({ taking }) => taking)),
        ],
        rowMode: 'array',
      });
      for (const [index, { resolve }] of changes.entries()) resolve(rows[index]?.[0] === true);
    } catch (cause) {
      void this.end();
      for (const { reject } of changes) reject(cause);
    }
  }
}

function nameOf({ queueId, lane }: Lane): string {
  return `${queueId}/${lane}`;
}
