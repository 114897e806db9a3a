import {
  type Reserved,
  SESSION_LEASE_SECONDS,
  type SubmitterLimits,
  type SubmitterStore,
  type Wanted,
} from '@postern/credentials';
import type { Pool } from 'pg';
import { int4s, int8s, uuids } from '../connection/arrays.ts';
import { run, type Statement } from '../connection/run.ts';

/** How much submitters have used of their limits: counted in the database, so that any number of processes agree. */
export function submitterStore(pool: Pool): SubmitterStore {
  return {
    reserve: (wanted) => reserve(pool, wanted),
    giveBack: async (taken) => {
      if (taken.length === 0) return;
      await run(pool, GIVE_BACK, [
        uuids(taken.map(({ submitterId }) => submitterId)),
        int8s(taken.map(({ atMicros }) => atMicros)),
        int4s(taken.map(({ messages }) => messages)),
        int4s(taken.map(({ recipients }) => recipients)),
      ]);
    },
    enterSession: async ({ submitterId, processId, most }) => {
      const values = [submitterId, processId, most, SESSION_LEASE_SECONDS];
      return (await run<readonly [boolean]>(pool, ENTER, values))[0]?.[0] ?? false;
    },
    leaveSession: async ({ submitterId, processId }) => void (await run(pool, LEAVE, [submitterId, processId])),
    keepSessions: async (processId, sessions) => {
      if (sessions.size === 0) return;
      const ids = [...sessions.keys()].sort();
      const counts = ids.map((id) => sessions.get(id) ?? 0);
      await run(pool, KEEP, [uuids(ids), processId, int4s(counts), SESSION_LEASE_SECONDS]);
    },
  };
}

async function reserve(pool: Pool, wanted: readonly Wanted[]): Promise<readonly Reserved[]> {
  if (wanted.length === 0) return [];
  // Locks are taken in one order by everyone.
  const order = wanted.map((_, index) => index).sort((a, b) => compare(wanted[a], wanted[b]));
  const sorted = order.flatMap((index) => wanted[index] ?? []);
  const limit = (name: keyof SubmitterLimits) => int4s(sorted.map(({ limits }) => limits[name]));
  const rows = await run<Row>(pool, RESERVE, [
    uuids(sorted.map(({ submitterId }) => submitterId)),
    int4s(sorted.map(({ messages }) => messages)),
    int4s(sorted.map(({ recipients }) => recipients)),
    limit('messagesPerMinute'),
    limit('messagesPerHour'),
    limit('messagesPerDay'),
    limit('recipientsPerMinute'),
    limit('recipientsPerHour'),
    limit('recipientsPerDay'),
  ]);
  const answers: Reserved[] = [];
  for (const [place, [granted, atMicros, waitSeconds, messagesLeft, recipientsLeft]] of rows.entries())
    answers[order[place] ?? place] = { granted, atMicros, waitSeconds, messagesLeft, recipientsLeft };
  return answers;
}

type Row = readonly [
  granted: boolean,
  atMicros: number,
  waitSeconds: number,
  messagesLeft: number,
  recipientsLeft: number,
];

function compare(a: Wanted | undefined, b: Wanted | undefined): number {
  const [left, right] = [a?.submitterId ?? '', b?.submitterId ?? ''];
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * It does not wait for the disk: the log is written in order, so the commit of the message for which it was taken makes it
 * durable as well.
 */
const RESERVE: Statement = {
  name: 'reserve-submission',
  text: `
    select r.granted, r.at_micros, r.wait_seconds, r.messages_left, r.recipients_left
    from (select set_config('synchronous_commit', 'off', true)) without_waiting,
      reserve_submission($1::uuid[], $2::int[], $3::int[], $4::int[], $5::int[], $6::int[], $7::int[], $8::int[],
        $9::int[]) with ordinality as r (granted, at_micros, wait_seconds, messages_left, recipients_left, place)
    order by r.place`,
};

const GIVE_BACK: Statement = {
  name: 'return-submission',
  text: `
    select return_submission($1::uuid[], $2::int8[], $3::int[], $4::int[])
    from (select set_config('synchronous_commit', 'off', true)) without_waiting`,
};

const ENTER: Statement = {
  name: 'enter-session',
  text: `select enter_session($1::uuid, $2::uuid, $3::int, $4::int)`,
};

const LEAVE: Statement = {
  name: 'leave-session',
  text: `
    update submitter_sessions set sessions = greatest(0, sessions - 1)
    where submitter_id = $1::uuid and process_id = $2::uuid`,
};

/** A process that was thought gone counts again what it has open. */
const KEEP: Statement = {
  name: 'keep-sessions',
  text: `
    insert into submitter_sessions (submitter_id, process_id, sessions, until)
    select unnest($1::uuid[]), $2::uuid, unnest($3::int[]), now() + $4::int * interval '1 second'
    on conflict (submitter_id, process_id) do update set sessions = excluded.sessions, until = excluded.until`,
};
