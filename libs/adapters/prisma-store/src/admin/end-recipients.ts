import type { RecipientMove } from '@postern/administration';
import { contentGoes } from '../delivery/content-goes.ts';
import { ROLLED_UP, SETTLED_WORK } from '../delivery/record-bounces.ts';
import { Prisma } from '../generated/client.ts';
import { BY_QUEUE, counted, takeWaiting } from './move-parts.ts';

type Ending = Extract<RecipientMove, { kind: 'cancel' } | { reply: unknown }>;

const STATES = { cancel: 'cancelled', bounce: 'bounced', expire: 'expired' } as const;

/**
 * Ends recipients that wait or are held. One that is bounced or expired leaves an attempt that says who did it and why.
 * Content goes with the last recipient of its message, as it does when outcomes are recorded.
 */
export function endRecipients(asked: Prisma.Sql, move: Ending): Prisma.Sql {
  const state = Prisma.sql`${STATES[move.kind]}::recipient_state`;
  const reply = move.kind === 'cancel' ? undefined : move.reply;
  const said = reply ? Prisma.sql`, last_code = ${reply.code}::int2, last_enhanced = ${reply.enhanced}` : Prisma.sql``;
  return Prisma.sql`
    with asked as materialized (${asked}), gone as (${takeWaiting()}), going as (
      select message_id, number, state from gone
      union all
      select r.message_id, r.number, r.state from asked a
      join recipients r on r.message_id = a.message_id and r.number = a.number where r.state = 'held'
    ), changed as (
      update recipients r set state = ${state}, aside = ${state}, ended_at = now() ${said}
      from going g where r.message_id = g.message_id and r.number = g.number and r.state = g.state
      returning r.message_id, r.number, r.siblings, r.queue_id, r.attempts, g.state as was
    ), moved as (
      select message_id, number, queue_id, attempts, ${state} as outcome, null::text as bounce_class, null::text as source
      from changed
    ), work as (
      ${reply ? FAILED : NO_WORK}
    ), ${reply ? attempted(state, reply) : Prisma.sql``} settled as (${Prisma.raw(SETTLED_WORK)}
    ), ${Prisma.raw(contentGoes('changed'))}, ${counted(state)}
    ${BY_QUEUE}`;
}

/** The sender is told, as when a host had refused it (`record-bounces.ts`). */
const FAILED = Prisma.sql`
  insert into bounce_work (message_id, number, event, due_at)
  select message_id, number, 'failed'::bounce_event, now() from moved
  on conflict do nothing
  returning message_id, event`;

const NO_WORK = Prisma.sql`select null::uuid as message_id, null::bounce_event as event where false`;

/** Stands for an attempt under a lease that nobody had. */
const attempted = (state: Prisma.Sql, reply: { code: number; enhanced: string; text: string }) => Prisma.sql`
  rolled as (${Prisma.raw(ROLLED_UP)}
  ), attempted as (
    insert into attempts (message_id, number, attempt, queue_id, lease_token, started_at, duration_ms, outcome, reply_from,
      reply_code, maybe_delivered, late, stage, steps_ms, reply_enhanced, reply_text, policy)
    select message_id, number, greatest(attempts, 1), queue_id, gen_random_uuid(), now(), 0, ${state}, 'local',
      ${reply.code}::int2, false, false, 'internal', '{}', ${reply.enhanced}, ${reply.text}, ''
    from changed
  ),`;
