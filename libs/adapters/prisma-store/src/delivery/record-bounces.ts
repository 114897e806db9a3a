import { submitterOf } from '../bounces/submitter-of.ts';

/** A sender is told of a delay that lasts longer than this since the acceptance, where no retry plan says otherwise. */
export const DELAY_NOTICE_MS = 4 * 60 * 60_000;

/**
 * What follows from how attempts ended, beside the moves of recipients: parts of the statement that records them, so that it
 * is there exactly when they are.
 *
 * For what bounced or expired a DSN may be due; for what was delivered, when that was asked for; for what is deferred, later: or when
 * the time is over after which its sender wants to be told (BY=…;N, RFC 2852 §4).
 */
export const BOUNCE_WORK = `
      insert into bounce_work (message_id, number, event, due_at)
      select message_id, number, 'failed'::bounce_event, now() from moved where outcome in ('bounced', 'expired')
      union all
      select message_id, number, 'succeeded', now() from moved
      where outcome = 'delivered' and notify like '%SUCCESS%' and not passed_on
      union all
      select message_id, number, 'delayed',
        greatest(now(), (
          select least(coalesce(m.release_at, m.accepted_at) + notice_ms * interval '1 millisecond',
            case when m.deliver_by_mode = 'N' then m.deliver_by end)
          from messages m where m.id = message_id))
      from moved where outcome = 'deferred' and attempts <= 2
      on conflict do nothing
      returning message_id, event`;

/** What has ended is no longer delayed. */
export const SETTLED_WORK = `
      delete from bounce_work w using moved m
      where m.outcome <> 'deferred' and m.attempts > 1
        and w.message_id = m.message_id and w.number = m.number and w.event = 'delayed'`;

/** `floor(4 * log2(milliseconds))` of a wait: a step is a fifth wide, and five days are the 115th. */
const WAIT_STEP = `floor(5.770780163555854::float8
          * ln(greatest(1, date_part('epoch', now() - coalesce(g.release_at, g.accepted_at)) * 1000)))::int2`;

/**
 * Adds to the rates: one row for each kind of outcome in a batch, not for each recipient; with how long what was delivered
 * has waited since its acceptance or its release, four steps to each doubling of milliseconds. In the transaction that
 * moves the recipients, so rates and ledger agree exactly.
 */
export const ROLLED_UP = `
      insert into outcome_changes (at, credential_id, sender_domain, queue_id, source, outcome, class, recipients, waits)
      select date_trunc('minute', now()), ${submitterOf('g')},
        lower(split_part(g.reverse_path, '@', -1)), m.queue_id, coalesce(m.source, ''), m.outcome::text,
        coalesce(m.bounce_class, ''), count(*), array_agg(${WAIT_STEP}) filter (where m.outcome = 'delivered')
      from moved m join messages g on g.id = m.message_id
      group by 2, 3, 4, 5, 6, 7`;

/** The content of a message of several stays while there is work to do about one of them; who does the last removes it. */
export const CLOSING_WORK = `
      insert into bounce_work (message_id, number, event, due_at)
      select m.id, 0, 'closed', now() from closed m
      where m.open_recipients = 0 and (
        m.id in (select message_id from work where event <> 'delayed')
        or (select true from bounce_work w where w.message_id = m.id and w.event <> 'delayed' limit 1))
      on conflict do nothing
      returning message_id`;
