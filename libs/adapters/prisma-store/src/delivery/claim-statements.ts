import { headStartMs } from '@postern/queue';
import type { Statement } from '../connection/run.ts';
import { REQUESTS } from './requests.ts';
import { ALL_SUSPENDED, notSuspended } from './suspended.ts';

const NOT_SUSPENDED = `(suspended_at is null or suspended_until <= now()) and not ${ALL_SUSPENDED}`;

/** How long a message may be due after it is ready, at most: what is due later is not ready, and not looked at. */
export const LONGEST_STAND_BACK = `interval '${headStartMs(9)} milliseconds'`;

const PACED = `${NOT_SUSPENDED}
        and not exists (select from paces where queue_id = $1::int and (rest_until > now() or lanes <= $7::int))`;

/** The recipients that are due longest, found by one range of one index. */
export const CLAIM: Statement = claimStatement('claim', {
  open: PACED,
  due: `due as (
      select ctid as place, due_at from waiting_recipients
      where queue_id = $1::int and due_at >= $6::timestamptz and due_at <= now() and exists (select from open)
        and ${notSuspended('waiting_recipients')}
      order by due_at limit $2::int
      for update skip locked
    )`,
});

/** How many credentials have a turn in a claim, how many of each one's latest messages are looked at, and how many taken. */
const TURN = { credentials: 16, looked: 32, taken: 4 } as const;

/** Credentials that have sent, one after the other along the index; as many as are asked for. */
function credentialsFrom(name: string, first: string): string {
  return `${name} as (
      (select credential_id as id from messages where credential_id >= ${first} order by credential_id limit 1)
      union all
      select n.id from ${name} c cross join lateral (
        select credential_id as id from messages where credential_id > c.id order by credential_id limit 1
      ) n
    )`;
}

/**
 * Some of the latest of each credential, the first ones and some from `$6` on, so that the fresh mail of one does not wait for
 * a hundred thousand of another. Made only while a queue has more than a claim takes; the rest of a claim is what is due longest.
 */
export const CLAIM_IN_TURN: Statement = claimStatement('claim-in-turn', {
  open: PACED,
  due: `${credentialsFrom('somewhere', '$6::uuid')}, ${credentialsFrom('earliest', "'00000000-0000-0000-0000-000000000000'")}, turn as (
      (select id from somewhere limit ${TURN.credentials}) union (select id from earliest limit ${TURN.credentials})
      union all select null::uuid
    ), fresh as materialized (
      select w.place, w.due_at from turn t cross join lateral (
        select w.ctid as place, w.due_at
        from (
          (select id from messages where credential_id = t.id order by id desc limit ${TURN.looked})
          union all
          (select id from messages where t.id is null and credential_id is null order by id desc limit ${TURN.looked})
        ) m
        join waiting_recipients w on w.queue_id = $1::int and w.message_id = m.id
        where w.due_at <= now() and ${notSuspended('w')}
        limit ${TURN.taken}
        for update of w skip locked
      ) w
      where exists (select from open)
      limit $2::int
    ), longest as (
      select ctid as place, due_at from waiting_recipients
      where queue_id = $1::int and due_at <= now() and exists (select from open)
        and ctid <> all(array(select place from fresh)) and ${notSuspended('waiting_recipients')}
      order by due_at limit $2::int - (select count(*) from fresh)
      for update skip locked
    ), due as (
      select * from fresh union all select * from longest
    )`,
});

/**
 * Those of messages that were accepted before `$6`, whether the queue rests or not: what is given up while nobody answers
 * is given up in time.
 */
export const CLAIM_OVERDUE: Statement = claimStatement('claim-overdue', {
  open: `${NOT_SUSPENDED} and $7::int is not null`,
  standBack: 'not looked at',
  due: `due as (
      select ctid as place, due_at from waiting_recipients
      where queue_id = $1::int and message_id < $6::uuid and due_at <= now() and exists (select from open)
        and ${notSuspended('waiting_recipients')}
      order by message_id limit $2::int
      for update skip locked
    )`,
});

/** Those of some messages, due or not, whether the queue rests, is suspended or not: they are to be returned. */
export const CLAIM_LATE: Statement = claimStatement('claim-late', {
  open: '$7::int is not null',
  standBack: 'not looked at',
  due: `due as (
      select ctid as place, due_at from waiting_recipients
      where queue_id = $1::int and message_id = any($6::uuid[]) and exists (select from open)
      order by message_id limit $2::int
      for update skip locked
    )`,
});

/**
 * A claim. `due` are the recipients to take; `ready`, those of low priority, which stand back until they are due, taken
 * while nobody else is; `also` are the other due recipients of their messages. A row that another lane is claiming is
 * locked, and skipped. The attempt is counted here, before anything is dialled.
 */
function claimStatement(
  name: string,
  {
    open,
    due,
    standBack = 'looked at',
  }: { readonly open: string; readonly due: string; readonly standBack?: 'looked at' | 'not looked at' },
): Statement {
  return {
    name,
    text: `
    with recursive open as (
      select from delivery_queues
      where id = $1::int and ${open}
        and (select beat from epochs where id = 1) >= $9::int8
    ), ${due}, ready as (
      select ctid as place from waiting_recipients
      where ${standBack === 'looked at'} and queue_id = $1::int and ready_at <= now() and due_at > now() and due_at <= now() + ${LONGEST_STAND_BACK}
        and exists (select from open) and ${notSuspended('waiting_recipients')}
      order by due_at limit $2::int - (select count(*) from due)
      for update skip locked
    ), taken as (
      delete from waiting_recipients
      where ctid = any(array(select place from due) || array(select place from ready))
      returning message_id, number, state
    ), first as (
      update recipients r set state = 'sending', attempts = r.attempts + 1, lease_token = $3::uuid
      from taken t where r.message_id = t.message_id and r.number = t.number and r.state = t.state
      returning r.message_id, r.number, r.siblings, r.forward_path, r.domain, r.attempts, t.state as was,
        r.notify, r.orcpt
    ), also as (
      delete from waiting_recipients where ctid = any(array(
        select w.ctid from (select distinct message_id from first where siblings > 1) f
        join waiting_recipients w on w.queue_id = $1::int and w.message_id = f.message_id
        where (w.due_at <= now() or w.ready_at <= now()) and ${notSuspended('w')}
        for update of w skip locked))
      returning message_id, number, state
    ), next as (
      update recipients r set state = 'sending', attempts = r.attempts + 1, lease_token = $3::uuid
      from also t where r.message_id = t.message_id and r.number = t.number and r.state = t.state
      returning r.message_id, r.number, r.siblings, r.forward_path, r.domain, r.attempts, t.state as was,
        r.notify, r.orcpt
    ), claimed as (
      select * from first union all select * from next
    ), lease as (
      insert into leases (token, holder, queue_id, claimed_at, until, message_ids, numbers)
      select $3::uuid, $8::uuid, $1::int, now(), now() + $4::int * interval '1 millisecond', array_agg(message_id), array_agg(number)
      from claimed having count(*) > 0
    ), changed as (
      insert into queue_changes (queue_id, state, recipients)
      select $1::int, was, -count(*) from claimed group by was
      union all
      select $1::int, 'sending', count(*) from claimed having count(*) > 0
    )
    select c.message_id, c.number, c.forward_path, c.domain, c.attempts, (select min(due_at) from due), c.leads,
      c.notify, c.orcpt, ${REQUESTS}, now(), m.credential_id, m.accepted_at, m.reverse_path, m.size_octets, m.content_chunks, m.body, m.smtp_utf8, m.trace_fields, o.octets
    from (
      select *, row_number() over (partition by message_id order by number) = 1 as leads from claimed
    ) c
    left join messages m on c.leads and m.id = c.message_id
    left join contents o on m.content_chunks = 1 and m.size_octets <= $5::int and o.message_id = m.id and o.chunk = 0
    order by c.message_id, c.number`,
  };
}
