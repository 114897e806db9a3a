import type { AttemptOutcome, Disposition } from '@postern/queue';
import type { Pool } from 'pg';
import { booleans, instants, int2s, int4s, texts, uuids } from '../connection/arrays.ts';
import { run, type Statement, type Value } from '../connection/run.ts';
import { firstInPlan } from '../connection/first-in-plan.ts';
import { contentGoes } from './content-goes.ts';
import { BOUNCE_WORK, DELAY_NOTICE_MS, ROLLED_UP, SETTLED_WORK } from './record-bounces.ts';
import { recipientId, recipientKey } from './recipient-id.ts';

/**
 * Records outcomes in one statement. Answers the ids of the recipients that were moved, now or by an earlier call with the
 * same outcome whose answer was lost; one that is missing had lost its lease.
 */
export async function record(pool: Pool, outcomes: readonly AttemptOutcome[]): Promise<ReadonlySet<string>> {
  const recorded = new Set(outcomes.map((outcome) => outcome.recipientId));
  if (outcomes.length === 0) return recorded;
  const late = await run<readonly [messageId: string, number: number]>(pool, RECORD, values(outcomes));
  for (const [messageId, number] of late) recorded.delete(recipientId(messageId, number));
  return recorded;
}

function values(outcomes: readonly AttemptOutcome[]): readonly Value[] {
  // In one order for everyone: two that record the same recipients wait for each other, and not in a circle.
  const rows = outcomes
    .map((outcome) => ({ ...outcome, ...recipientKey(outcome.recipientId) }))
    .sort((a, b) => (a.messageId < b.messageId ? -1 : a.messageId > b.messageId ? 1 : a.number - b.number));
  const each = <T>(of: (row: (typeof rows)[number]) => T): T[] => rows.map(of);
  return [
    uuids(each(({ messageId }) => messageId)),
    int2s(each(({ number }) => number)),
    uuids(each(({ leaseToken }) => leaseToken)),
    texts(each(({ disposition }) => disposition.kind)),
    instants(each(({ disposition }) => (disposition.kind === 'deferred' ? disposition.dueAt : undefined))),
    booleans(each(({ disposition }) => disposition.kind === 'deferred' && disposition.maybeDelivered)),
    instants(each(({ attempt }) => attempt.startedAt)),
    int4s(each(({ attempt }) => Math.round(attempt.durationMs))),
    texts(each(({ attempt }) => JSON.stringify(attempt.stepsMs))),
    texts(each(({ attempt }) => attempt.stage)),
    texts(each(({ attempt }) => attempt.host)),
    texts(each(({ attempt }) => attempt.address)),
    texts(each(({ attempt }) => attempt.reply.from)),
    int2s(each(({ attempt }) => attempt.reply.code)),
    texts(each(({ attempt }) => attempt.reply.enhanced)),
    texts(each(({ attempt }) => attempt.reply.text)),
    texts(each(({ attempt }) => attempt.policy)),
    texts(each(({ attempt }) => attempt.tls?.protocol)),
    texts(each(({ attempt }) => attempt.tls?.cipher)),
    booleans(each(({ attempt }) => attempt.tls?.verified)),
    texts(each(({ attempt }) => attempt.tls?.certificate)),
    texts(each(({ attempt }) => attempt.tls?.failure)),
    texts(each(({ attempt }) => attempt.bounce?.class)),
    texts(each(({ attempt }) => attempt.bounce?.rule)),
    int4s(each(({ disposition }) => noticeMs(disposition))),
    booleans(each(({ attempt }) => attempt.dsnPassedOn ?? false)),
    texts(each(({ attempt }) => (attempt.channel ? JSON.stringify(attempt.channel) : undefined))),
    texts(each(({ attempt }) => attempt.source)),
  ];
}

function noticeMs(disposition: Disposition): number {
  return (disposition.kind === 'deferred' ? disposition.delayNoticeMs : undefined) ?? DELAY_NOTICE_MS;
}

const FACTS = `started_at, duration_ms, outcome, reply_from, reply_code, maybe_delivered, tls_verified, stage, steps_ms,
  host, address, reply_enhanced, reply_text, policy, tls_protocol, tls_cipher, tls_certificate, tls_failure,
  bounce_class, bounce_rule, channel, source`;

/**
 * `moved` are the recipients that were still being sent under the outcome's lease; everything else follows from them.
 *
 * Content goes with the last recipient, unless something is still to be done with it (`record-bounces.ts`). That of a message of one goes at once. Of several, `closed` counts down under the
 * message's lock, so of two that end the last two at the same time the second one sees what the first did; locks are taken
 * in the order of the ids.
 */
export const RECORD: Statement = {
  name: 'record',
  text: `
    with outcome as materialized (
      select place, message_id, number, lease_token, outcome::recipient_state, due_at, maybe_delivered, started_at,
        duration_ms, steps_ms::json, stage, host, address, reply_from::reply_source, reply_code, reply_enhanced, reply_text,
        policy, tls_protocol, tls_cipher, tls_verified, tls_certificate, tls_failure, bounce_class, bounce_rule, notice_ms,
        passed_on, channel::json, source
      from unnest($1::uuid[], $2::int2[], $3::uuid[], $4::text[], $5::timestamptz[], $6::bool[], $7::timestamptz[], $8::int[],
        $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::int2[], $15::text[], $16::text[], $17::text[],
        $18::text[], $19::text[], $20::bool[], $21::text[], $22::text[], $23::text[], $24::text[], $25::int[], $26::bool[],
        $27::text[], $28::text[])
      with ordinality as given (message_id, number, lease_token, outcome, due_at, maybe_delivered, started_at, duration_ms,
        steps_ms, stage, host, address, reply_from, reply_code, reply_enhanced, reply_text, policy, tls_protocol, tls_cipher,
        tls_verified, tls_certificate, tls_failure, bounce_class, bounce_rule, notice_ms, passed_on, channel, source, place)
      where ${firstInPlan('place')}
    ), moved as (
      update recipients r set
        state = o.outcome,
        aside = case when o.outcome in ('bounced', 'expired') then o.outcome end,
        ended_at = case when o.outcome <> 'deferred' then now() end,
        lease_token = null,
        last_code = o.reply_code,
        last_enhanced = o.reply_enhanced,
        bounce_class = o.bounce_class,
        maybe_delivered = r.maybe_delivered or o.maybe_delivered
      from outcome o
      where r.message_id = o.message_id and r.number = o.number and r.lease_token = o.lease_token and r.state = 'sending'
      returning r.queue_id, r.siblings, r.attempts, r.notify, o.*
    ), waiting as (
      insert into waiting_recipients (message_id, due_at, queue_id, state, number)
      select message_id, greatest(due_at, now()), queue_id, outcome, number from moved where outcome = 'deferred'
    ), attempted as (
      insert into attempts (message_id, number, attempt, queue_id, lease_token, late, ${FACTS})
      select message_id, number, attempts, queue_id, lease_token, false, ${FACTS} from moved
    ), ended as (
      select message_id, siblings from moved where outcome <> 'deferred'
    ), work as (${BOUNCE_WORK}
    ), settled as (${SETTLED_WORK}
    ), rolled as (${ROLLED_UP}
    ), ${contentGoes('ended')}, changed as (
      insert into queue_changes (queue_id, state, recipients)
      select queue_id, outcome, count(*) from moved group by queue_id, outcome
      union all
      select queue_id, 'sending', -count(*) from moved group by queue_id
    ), late as (
      insert into attempts (message_id, number, attempt, queue_id, lease_token, late, ${FACTS})
      select o.message_id, o.number, greatest(r.attempts, 1), r.queue_id, o.lease_token, true, ${FACTS.replaceAll(/maybe_delivered|bounce_class/g, 'o.$&')}
      from outcome o join recipients r on r.message_id = o.message_id and r.number = o.number
      where o.place not in (select place from moved)
      on conflict (message_id, number, lease_token) do update set (${FACTS}) = (${FACTS.replaceAll(/\b(?=[a-z])/g, 'excluded.')})
      where attempts.late
      returning message_id, number
    )
    select message_id, number from late`,
};
