import { RATE_THRESHOLDS } from '@postern/bounce';
import type { Pool } from 'pg';
import { run, type Statement } from '../connection/run.ts';

/**
 * Raises an event for each credential whose bounces or complaints of the last hour pass a threshold, and for each site that
 * blocked us twenty times in ten minutes. An event that is open is seen again, not raised again. Bounces that are not ours nor the recipients' count for nothing.
 */
export async function watchRates(pool: Pool): Promise<void> {
  await run(pool, WATCH, []);
}

/** Classes that say nothing of whom a credential sends to, or how. */
const THEIRS = `('network', 'remote_system', 'tls', 'greylisted', 'protocol', 'expired', 'relay_denied')`;

const { least, bounced, complained } = RATE_THRESHOLDS;

const WATCH: Statement = {
  name: 'watch-rates',
  text: `
    with turn as materialized (
      select pg_try_advisory_xact_lock(7316407) as ours
    ), lately as materialized (
      select bucket as at, credential_id, queue_id, outcome, class, recipients from outcome_rollups
      where span = 'minute' and bucket > now() - interval '1 hour' and (select ours from turn)
    ), rate as (
      select credential_id,
        sum(recipients) filter (where outcome in ('bounced', 'expired') and class not in ${THEIRS}) as bounced,
        sum(recipients) filter (where outcome = 'complained') as complained,
        sum(recipients) filter (where outcome in ('delivered', 'bounced', 'expired')) as ended
      from lately group by credential_id
    ), found as (
      select 'bounces.high' as kind, case when bounced >= ended * ${bounced.critical} then 'critical' else 'warning' end as severity,
        'credential' as subject_kind, c.id::text as subject_id, c.name as subject_name,
        'Of ' || ended || ' recipients of the last hour ' || bounced || ' bounced' as text,
        json_build_object('ended', ended, 'bounced', bounced) as facts
      from rate join credentials c on c.id = rate.credential_id where ended >= ${least} and bounced >= ended * ${bounced.warning}
      union all
      select 'complaints.high', case when complained >= ended * ${complained.critical} then 'critical' else 'warning' end, 'credential',
        c.id::text, c.name, 'For ' || ended || ' recipients of the last hour there were ' || complained || ' complaints',
        json_build_object('ended', ended, 'complained', complained)
      from rate join credentials c on c.id = rate.credential_id where ended >= ${least} and complained >= ended * ${complained.warning}
      union all
      select 'blocks.burst', 'critical', 'queue', q.id::text, q.name,
        q.name || ' blocked us ' || b.blocks || ' times in ten minutes', json_build_object('blocks', b.blocks)
      from (
        select queue_id, sum(recipients) as blocks from lately
        where class = 'reputation_block' and at > now() - interval '10 minutes'
        group by queue_id having sum(recipients) >= 20
      ) b join delivery_queues q on q.id = b.queue_id
    )
    insert into events (kind, severity, subject_kind, subject_id, subject_name, text, facts)
    select kind, severity::event_severity, subject_kind, subject_id, subject_name, text, facts from found
    on conflict (kind, subject_id) where resolved_at is null do update set
      severity = excluded.severity, text = excluded.text, facts = excluded.facts, last_at = now(), times = events.times + 1`,
};
