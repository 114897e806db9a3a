import { BOUNCE_CLASS_NAMES, factsOf } from '@postern/bounce';
import { newMessageId } from '@postern/queue';
import {
  LIKELY_DAYS,
  LIKELY_FAILURES,
  MAX_RETURNED,
  type ReturnedReport,
  type ReturnedStore,
  STRIKES_COUNT_DAYS,
} from '@postern/reports';
import type { Pool } from 'pg';
import { int4s, texts, uuids } from '../connection/arrays.ts';
import { run, runIn, type Statement } from '../connection/run.ts';
import { transaction } from '../connection/transaction.ts';
import { submitterOf } from './submitter-of.ts';

/** How long a DSN waits for what else comes back of a message of several: a report for each of them makes no flood of DSNs. */
const GATHER_SECONDS = 60;
/** How long a complaint suppresses. */
const COMPLAINT_DAYS = 365;

/** Mail that came to our return-paths, kept. */
export function returnedStore(pool: Pool): ReturnedStore {
  return {
    async keepReturned(reports) {
      if (reports.length === 0) return;
      const ids = [...new Set(reports.map(({ messageId }) => messageId))];
      await transaction(pool, async (client) => {
        // Of several reports about one message that come at once, each sees what the one before it did.
        await runIn(client, LOCK, [uuids(ids)]);
        await runIn(client, KEEP, [JSON.stringify(reports.map(rowOf))]);
      });
    },
    async countTries(tries) {
      const tokens = [...tries.keys()].sort();
      if (tokens.length > 0)
        await run(pool, COUNT, [texts(tokens), int4s(tokens.map((token) => tries.get(token) ?? 0))]);
    },
  };
}

function rowOf(report: ReturnedReport, place: number) {
  const { messageId, kind, action, status, diagnostic, feedbackType, clientAddress, reportingMta } = report;
  return {
    place,
    id: newMessageId(Date.now()),
    suppression: newMessageId(Date.now()),
    message_id: messageId,
    recipients: report.recipients.map((each) => each.toLowerCase()),
    kind,
    action: action ?? null,
    status: status ?? null,
    diagnostic: sound(diagnostic),
    feedback_type: sound(feedbackType),
    class: report.class ?? null,
    client_address: clientAddress,
    named: sound(report.recipients.join(', ').slice(0, 320) || undefined),
    reporting_mta: sound(reportingMta?.slice(0, 255)),
  };
}

/** A text column holds no NUL. */
function sound(text: string | undefined): string | null {
  return text?.replaceAll('\0', ' ') ?? null;
}

const COUNT: Statement = {
  name: 'count-tries',
  text: `
    insert into return_path_tries as t (token, tries) select unnest($1::text[]), unnest($2::int[])
    on conflict (token) do update set tries = t.tries + excluded.tries`,
};

const LOCK: Statement = {
  name: 'lock-returned',
  text: 'select id from messages where id = any($1::uuid[]) order by id for update',
};

const LIKELY = BOUNCE_CLASS_NAMES.filter((each) => factsOf(each).suppression !== 'never')
  .map((each) => `'${each}'`)
  .join(', ');

/**
 * A report is tied to a recipient that it names, or to the only one that the message has.
 *
 * The first failure that is told of a recipient who had been delivered to counts in the rates, and its sender is told. It is a
 * likely failure of the address, when the message went to that address alone: whoever holds the return-path may be any of
 * several. The first complaint about a message counts; it suppresses its recipient where there is one only.
 */
const KEEP: Statement = {
  name: 'keep-returned',
  text: `
    with given as materialized (
      select g.*, m.recipients as siblings, m.reverse_path,
        ${submitterOf('m')} as submitter_id, '@' || lower(split_part(m.reverse_path, '@', -1)) as scope,
        r.number, r.queue_id, r.state, lower(r.forward_path) as address,
        coalesce(lower(r.forward_path) = any(n.names), false) as is_named,
        (select a.source from attempts a where a.message_id = r.message_id and a.number = r.number and not a.late
          order by a.attempt desc limit 1) as source
      from json_to_recordset($1::json) g(place int, id uuid, suppression uuid, message_id uuid, recipients json, kind text,
        action text, status text, diagnostic text, feedback_type text, class text, client_address text, named text,
        reporting_mta text)
      join messages m on m.id = g.message_id
      cross join lateral (select array(select json_array_elements_text(g.recipients)) as names) n
      left join lateral (
        select * from recipients r where r.message_id = m.id and (m.recipients = 1 or lower(r.forward_path) = any(n.names))
        order by r.number limit 1
      ) r on true
      where (select count(*) from returned_reports k where k.message_id = m.id) < ${MAX_RETURNED}
    ), late as (
      select distinct on (message_id, number) * from given g
      where kind = 'dsn' and action = 'failed' and state in ('delivered', 'sending') and not exists (
        select from returned_reports k where k.message_id = g.message_id and k.number = g.number and k.action = 'failed')
      order by message_id, number, place
    ), complained as (
      select distinct on (g.message_id) g.id, g.suppression, g.message_id, g.submitter_id, g.reverse_path, g.scope, g.siblings,
        g.feedback_type, coalesce(g.source, '') as source, r.number, r.queue_id, lower(r.forward_path) as address
      from given g join recipients r on r.message_id = g.message_id and r.number = coalesce(g.number, 1)
      where g.kind = 'feedback' and g.feedback_type not in ('not-spam', 'auth-failure') and not exists (
        select from returned_reports k where k.message_id = g.message_id and k.kind = 'feedback')
      order by g.message_id, g.place
    ), rolled as (
      insert into outcome_changes (at, credential_id, sender_domain, queue_id, source, outcome, class, recipients)
      select date_trunc('minute', now()), submitter_id, substr(scope, 2),
        queue_id, coalesce(source, ''), 'returned', coalesce(class, ''), 1
      from late
      union all
      select date_trunc('minute', now()), submitter_id, substr(scope, 2),
        queue_id, source, 'complained', 'complaint', 1
      from complained
    ), told as (
      insert into bounce_work (message_id, number, event, due_at)
      select message_id, number, 'returned', now() + case when siblings > 1 then interval '${GATHER_SECONDS} seconds' else interval '0' end
      from late where reverse_path <> ''
      on conflict do nothing
    ), likely as materialized (
      select distinct on (address, scope) * from late
      where siblings = 1 and is_named and reverse_path <> '' and class in (${LIKELY})
      order by address, scope, place
    ), struck as (
      insert into suppression_strikes (address, scope, message_id, number)
      select address, scope, message_id, number from likely
      on conflict do nothing
    ), gone as (
      insert into suppressions (id, address, scope, class, source, evidence, message_id, number, until, created_by)
      select suppression, address, scope, class, 'returned',
        left('Returned: ' || coalesce(nullif(diagnostic, ''), status, 'failed'), 500), message_id, number,
        now() + interval '${LIKELY_DAYS} days', 'postern'
      from likely l
      where ${LIKELY_FAILURES - 1} <= (
        select count(distinct s.message_id) from suppression_strikes s
        where s.address = l.address and s.scope = l.scope and s.message_id <> l.message_id
          and s.at > now() - interval '${STRIKES_COUNT_DAYS} days')
      union all
      select suppression, address, scope, 'complaint', 'complaint', 'Feedback report: ' || feedback_type, message_id, number,
        now() + interval '${COMPLAINT_DAYS} days', 'postern'
      from complained where siblings = 1 and reverse_path <> ''
      on conflict (address, scope) do nothing
      returning id
    )
    insert into returned_reports (id, message_id, number, kind, action, status, diagnostic, feedback_type, class,
      client_address, named, reporting_mta, effect)
    select id, message_id, number, kind, action, status, diagnostic, feedback_type, class, client_address, named, reporting_mta,
      case
        when suppression in (select id from gone) then 'suppressed'
        when id in (select id from late where reverse_path <> '') then 'told'
        when id in (select id from late) or id in (select id from complained) then 'counted'
        when number is not null and (action = 'failed' or kind = 'feedback') then 'repeated'
        else 'none'
      end
    from given`,
};
