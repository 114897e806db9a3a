import { randomUUID } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import type { StoreLog } from '../connection/log.ts';
import { run, runIn, type Statement } from '../connection/run.ts';
import { transaction } from '../connection/transaction.ts';

/** How far a database had come when it was last seen. */
export interface EpochMark {
  readonly installation: string;
  readonly beat: number;
  /** It was copied from elsewhere, or restored, perhaps together with the database: it proves nothing. */
  readonly copied?: boolean;
}

/** Where a process keeps what it has seen, outside of the database. */
export interface EpochMemory {
  read(): Promise<EpochMark | undefined>;
  write(mark: EpochMark): Promise<void>;
}

const BEAT_EVERY_MS = 10_000;
/** So much further a database may be than a memory that was copied together with it: several processes count. */
const TOGETHER = 10;
/** After a restore the count begins far beyond what anybody may remember of the time that is lost. */
const LEAP = 1_000_000_000;

/**
 * Notices that the database was restored from a copy, and then sends nothing until an operator says so: what waits in it
 * may have been delivered since the copy was made.
 *
 * The database counts while delivery runs. It was restored when it is behind what this process, or its memory from before,
 * has seen of it; when it is in another place than it says (another cluster, another database, another timeline, other
 * files) and nobody remembers that nothing is missing; or when the memory is a copy, and as old as the database. Claims look at the count themselves, so not even one comes between.
 */
export class Epoch {
  readonly #pool: Pool;
  readonly #log: StoreLog;
  readonly #memory: EpochMemory | undefined;
  readonly #monotonicMs: () => number;
  #seen: EpochMark | undefined;
  #beatAtMs = -Infinity;
  #first: Promise<void> | undefined;

  constructor(
    pool: Pool,
    options: {
      readonly log: StoreLog;
      readonly memory?: EpochMemory | undefined;
      readonly monotonicMs?: () => number;
    },
  ) {
    this.#pool = pool;
    this.#log = options.log;
    this.#memory = options.memory;
    this.#monotonicMs = options.monotonicMs ?? (() => performance.now());
  }

  /** What the count must have come to for a claim: asked before the first one, known for all others. */
  async least(): Promise<number> {
    if (!this.#seen) await (this.#first ??= this.beat().finally(() => (this.#first = undefined)));
    return this.#seen?.beat ?? 0;
  }

  /** Counts on, every now and then; finds out whether the database was restored. */
  async beat(): Promise<void> {
    if (this.#seen && this.#monotonicMs() - this.#beatAtMs < BEAT_EVERY_MS) return;
    const mark = this.#seen ?? (await this.#memory?.read());
    const place = await this.#place();
    const least = mark?.copied ? mark.beat + TOGETHER : (mark?.beat ?? 0);
    const [row] = await run<readonly [string, number]>(this.#pool, BEAT, [place, mark?.installation, least]);
    const next = row ?? (await this.#notHere(mark, place));
    this.#seen = { installation: next[0], beat: next[1] };
    this.#beatAtMs = this.#monotonicMs();
    await this.#memory?.write(this.#seen);
  }

  async #place(): Promise<string> {
    const [allowed] = await run<readonly [boolean, boolean]>(this.#pool, MAY_SEE_CLUSTER, []);
    const [row] = await run<readonly [string]>(this.#pool, allowed?.[0] ? PLACE : PLACE_IN_CLUSTER, []);
    const [files] = allowed?.[1] ? await run<readonly [string]>(this.#pool, FILES, []) : [];
    return [row?.[0] ?? '', ...(files ?? [])].join('#');
  }

  /** The count is behind, or the place is another one. */
  async #notHere(mark: EpochMark | undefined, place: string): Promise<readonly [string, number]> {
    return transaction(this.#pool, async (client) => {
      const [row] = await runIn<readonly [string, number, Date, string]>(client, LOCK, []);
      if (!row) throw new Error('the epoch of the database is missing');
      const [installation, beat, at, before] = row;
      const remembered = mark?.installation === installation ? mark.beat : undefined;
      const behind = remembered !== undefined && beat < remembered;
      const together = remembered !== undefined && mark?.copied === true && beat <= remembered + TOGETHER;
      const restored =
        behind || together || (!isSamePlace(before, place) && (remembered === undefined || mark?.copied === true));
      const next = Math.max(beat, remembered ?? 0) + (restored ? LEAP : 1);
      await runIn(client, MOVE, [place, next]);
      if (restored) await this.#stop(client, at);
      else this.#log.info({ before, place }, 'the database is in another place, and nothing of it is missing');
      return [installation, next];
    });
  }

  async #stop(client: ClientBase, asOf: Date): Promise<void> {
    const reason = `The database was restored as of about ${asOf.toISOString()}: what waits may have been delivered since. Hold or cancel what must not go again, then resume`;
    await runIn(client, STOP, [randomUUID(), reason]);
    await runIn(client, TELL, [reason, asOf]);
    this.#log.warn({ asOf }, 'the database was restored from a copy: nothing is sent until an operator resumes');
  }
}

/** Which files it is in not every role may see, and earlier versions did not look. */
function isSamePlace(one: string, other: string): boolean {
  const [here, files] = one.split('#');
  const [there, otherFiles] = other.split('#');
  return here === there && (files === otherFiles || files === undefined || otherFiles === undefined);
}

const BEAT: Statement = {
  name: 'epoch-beat',
  text: `
    insert into epochs (id, beat, at, place) values (1, 1, now(), $1::text)
    on conflict (id) do update set beat = epochs.beat + 1, at = now()
    where epochs.place = excluded.place and (epochs.installation <> $2::uuid or $2::uuid is null or epochs.beat >= $3::int8)
    returning installation::text, beat`,
};

const MAY_SEE_CLUSTER: Statement = {
  name: 'epoch-may-see-cluster',
  text: `
    select has_function_privilege('pg_control_system()', 'execute'),
      has_function_privilege('pg_stat_file(text, boolean)', 'execute')`,
};

/**
 * When the files of the cluster came to be where they are: PG_VERSION is never written again, and no tool can carry over
 * the time at which a file's inode was made. A base backup that is started has the same cluster, database and timeline.
 */
const FILES: Statement = {
  name: 'epoch-files',
  text: `select (extract(epoch from (pg_stat_file('PG_VERSION', true)).change) * 1000)::int8::text`,
};

/** The timeline changes when a server goes on from a backup, or a standby takes over. */
const IN_CLUSTER = `
  (select oid from pg_database where datname = current_database()) || '/' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)`;

const PLACE_IN_CLUSTER: Statement = { name: 'epoch-place-in-cluster', text: `select ${IN_CLUSTER}` };

const PLACE: Statement = {
  name: 'epoch-place',
  text: `select (select system_identifier from pg_control_system()) || '/' || ${IN_CLUSTER}`,
};

const LOCK: Statement = {
  name: 'epoch-lock',
  text: `select installation::text, beat, at, place from epochs where id = 1 for update`,
};

const MOVE: Statement = {
  name: 'epoch-move',
  text: `update epochs set place = $1::text, beat = $2::int8, at = now() where id = 1`,
};

/** Without an end, which is like no other's (see `suspensions`). */
const STOP: Statement = {
  name: 'epoch-stop',
  text: `
    insert into suspensions (id, scope, subject, name, until, "by", reason)
    values ($1::uuid, 'all', '', '',
      timestamptz '9000-01-01T00:00:00Z' + floor(random() * 1000000) * interval '1 microsecond', 'delivery', $2::text)
    on conflict (scope, subject) where lifted_at is null do update
    set until = excluded.until, reason = excluded.reason, "by" = excluded."by"`,
};

const TELL: Statement = {
  name: 'epoch-tell',
  text: `
    insert into audit_entries (actor_kind, actor_id, actor_name, action, subject_id, subject_name, reason, facts)
    values ('system', 'delivery', 'delivery', 'database.restored', 'database', 'database', $1::text,
      json_build_object('asOf', $2::timestamptz))`,
};
