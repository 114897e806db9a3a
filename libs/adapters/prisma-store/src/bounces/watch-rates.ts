import { BOUNCE_CLASS_NAMES, factsOf } from '@postern/bounce';
import { BURST_OF_BLOCKS, DEFAULT_RATE_THRESHOLDS, type RateThresholds } from '@postern/reports';
import type { Pool } from 'pg';
import { run, type Statement } from '../connection/run.ts';
import { SUBMITTER_CHANNEL } from '../work/submitter-channel.ts';
import { LOCKS } from '../connection/locks.ts';

/**
 * Raises an event for each credential (and each domain of mail without one) whose bounces or complaints of the last hour or
 * day pass a threshold, and for each site that blocks us in a burst. An event that is open is seen again, not raised again;
 * one that an operator has resolved comes back when things are worse, or when its time has passed.
 *
 * New mail of a credential is held then, where it is set so, until an operator releases it: what was before a release is
 * forgotten. Late bounces and complaints count; bounces that are neither ours nor the recipients' count for nothing.
 */
export async function watchRates(pool: Pool): Promise<void> {
  await run(pool, WATCH, [SUBMITTER_CHANNEL]);
}

/** Classes that say nothing of whom a credential sends to, or how. */
const THEIRS = BOUNCE_CLASS_NAMES.filter((each) => factsOf(each).fault === 'theirs')
  .map((each) => `'${each}'`)
  .join(', ');

function threshold(name: keyof RateThresholds): string {
  return `coalesce((s.thresholds->>'${name}')::float8, ${DEFAULT_RATE_THRESHOLDS[name]})`;
}

/** One event about a credential's rate: of what, in which words. */
function high(of: { kind: string; count: string; warning: string; critical: string; words: string }): string {
  const { kind, count, warning, critical, words } = of;
  return `
      select '${kind}' as kind, case when ${count} * 100 >= ended * ${critical} then 'critical' else 'warning' end as severity,
        subject_kind, subject_id, subject_name, span,
        'Of ' || ended || ' recipients of the last ' || span || ' ' || ${count} || ' ${words}' as text,
        json_build_object('ended', ended, 'returned', returned, '${words}', ${count}, 'span', span) as facts, hold
      from judged where ended >= floor and ${count} > 0 and ${count} * 100 >= ended * ${warning}`;
}

const WATCH: Statement = {
  name: 'watch-rates',
  text: `
    with turn as materialized (
      select pg_try_advisory_xact_lock(${LOCKS.rates}) as ours
    ), lately as materialized (
      select span, bucket as at, credential_id, sender_domain, queue_id, outcome, class, recipients from outcome_rollups
      where (select ours from turn) and (
        (span = 'minute' and bucket > now() - interval '1 hour') or (span = 'hour' and bucket > now() - interval '1 day'))
    ), rate as (
      select case l.span when 'minute' then 'hour' else 'day' end as span, c.id as credential_id,
        case when c.id is null then l.sender_domain end as domain,
        coalesce(sum(recipients) filter (where outcome in ('bounced', 'expired', 'returned') and class not in (${THEIRS})), 0) as bounced,
        coalesce(sum(recipients) filter (where outcome = 'returned'), 0) as returned,
        coalesce(sum(recipients) filter (where outcome = 'complained'), 0) as complained,
        coalesce(sum(recipients) filter (where outcome in ('delivered', 'bounced', 'expired')), 0) as ended
      from lately l left join credentials c on c.id = l.credential_id
      where c.released_at is null or l.at >= c.released_at
      group by 1, 2, 3
    ), judged as (
      select r.*, case when c.id is null then 'domain' else 'credential' end as subject_kind,
        coalesce(c.id::text, r.domain) as subject_id, coalesce(c.name, r.domain) as subject_name, coalesce(s.hold, 'off') as hold,
        ${threshold('floor')} as floor, ${threshold('bounceWarning')} as bounce_warning,
        ${threshold('bounceCritical')} as bounce_critical, ${threshold('complaintWarning')} as complaint_warning,
        ${threshold('complaintCritical')} as complaint_critical
      from rate r left join credentials c on c.id = r.credential_id left join bounce_settings s on s.credential_id = c.id
      where c.id is not null or r.domain <> ''
    ), each as (${high({ kind: 'bounces.high', count: 'bounced', warning: 'bounce_warning', critical: 'bounce_critical', words: 'bounced' })}
      union all ${high({ kind: 'complaints.high', count: 'complained', warning: 'complaint_warning', critical: 'complaint_critical', words: 'complained' })}
      union all
      select 'blocks.burst', 'critical', 'queue', q.id::text, q.name, 'hour',
        q.name || ' blocked us ' || b.blocks || ' times in ten minutes', json_build_object('blocks', b.blocks), 'off'
      from (
        select queue_id, sum(recipients) as blocks from lately
        where span = 'minute' and class = 'reputation_block' and at > now() - interval '10 minutes'
        group by queue_id having sum(recipients) >= ${BURST_OF_BLOCKS}
      ) b join delivery_queues q on q.id = b.queue_id
    ), found as (
      select distinct on (kind, subject_id) * from each order by kind, subject_id, severity, span desc
    ), held as (
      update credentials c set held_since = now() from found f
      where f.subject_kind = 'credential' and f.subject_id = c.id::text and c.held_since is null
        and (f.hold = 'warning' or f.hold = f.severity)
      returning c.id
    ), raised as (
      insert into events (kind, severity, subject_kind, subject_id, subject_name, text, facts)
      select kind, severity::event_severity, subject_kind, subject_id, subject_name,
        text || case when hold = 'warning' or hold = severity then '. Its new mail is held until it is released.' else '' end, facts
      from found f
      where not exists (
        select from events e where e.kind = f.kind and e.subject_id = f.subject_id
          and e.resolved_at > now() - case f.span when 'day' then interval '1 day' else interval '1 hour' end
          and (e.severity::text = 'critical' or f.severity = 'warning')
          and not exists (select from held h where h.id::text = f.subject_id))
      on conflict (kind, subject_id) where resolved_at is null do update set
        severity = excluded.severity, text = excluded.text, facts = excluded.facts, last_at = now(), times = events.times + 1
    )
    select pg_notify($1::text, id::text) from held`,
};
