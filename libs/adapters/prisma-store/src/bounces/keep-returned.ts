import { newMessageId } from '@postern/queue';
import { MAX_RETURNED, type ReturnedReport, type ReturnedStore } from '@postern/reports';
import type { Pool } from 'pg';
import { run, type Statement } from '../connection/run.ts';

/** How long a complaint suppresses. */
const COMPLAINT_DAYS = 365;

/** Mail that came to our return-paths, kept. */
export function returnedStore(pool: Pool): ReturnedStore {
  return {
    async keepReturned(reports) {
      if (reports.length === 0) return;
      await run(pool, KEEP, [JSON.stringify(reports.map(rowOf))]);
    },
  };
}

function rowOf(report: ReturnedReport) {
  const { messageId, kind, action, status, diagnostic, feedbackType, clientAddress } = report;
  return {
    id: newMessageId(Date.now()),
    suppression: newMessageId(Date.now()),
    message_id: messageId,
    recipients: report.recipients.map((each) => each.toLowerCase()),
    kind,
    action: action ?? null,
    status: status ?? null,
    diagnostic: diagnostic?.replaceAll('\0', ' ') ?? null,
    feedback_type: feedbackType ?? null,
    class: report.class ?? null,
    client_address: clientAddress,
  };
}

/**
 * A report is tied to a recipient that it names, or to the only one that the message has. The first complaint about a message
 * counts in the rates; it suppresses its recipient when there is one only, for who holds the return-path may be any of several.
 */
const KEEP: Statement = {
  name: 'keep-returned',
  text: `
    with given as materialized (
      select g.*, m.recipients as siblings, m.credential_id, m.reverse_path,
        (select r.number from recipients r where r.message_id = m.id
          and (m.recipients = 1 or lower(r.forward_path) = any(array(select json_array_elements_text(g.recipients))))
          order by r.number limit 1) as number
      from json_to_recordset($1::json) g(id uuid, suppression uuid, message_id uuid, recipients json, kind text, action text,
        status text, diagnostic text, feedback_type text, class text, client_address text)
      join messages m on m.id = g.message_id
      where (select count(*) from returned_reports k where k.message_id = m.id) < ${MAX_RETURNED}
    ), kept as (
      insert into returned_reports (id, message_id, number, kind, action, status, diagnostic, feedback_type, class, client_address)
      select id, message_id, number, kind, action, status, diagnostic, feedback_type, class, client_address from given
    ), complained as (
      select distinct on (g.message_id) g.*, r.queue_id, lower(r.forward_path) as address
      from given g join recipients r on r.message_id = g.message_id and r.number = coalesce(g.number, 1)
      where g.kind = 'feedback' and g.feedback_type not in ('not-spam', 'auth-failure') and not exists (
        select from returned_reports k where k.message_id = g.message_id and k.kind = 'feedback')
      order by g.message_id
    ), rolled as (
      insert into outcome_changes (at, credential_id, sender_domain, queue_id, outcome, class, recipients)
      select date_trunc('minute', now()), coalesce(credential_id, '00000000-0000-0000-0000-000000000000'),
        lower(split_part(reverse_path, '@', -1)), queue_id, 'complained', 'complaint', 1
      from complained
    )
    insert into suppressions (id, address, scope, class, source, evidence, message_id, number, until, created_by)
    select suppression, address, '@' || lower(split_part(reverse_path, '@', -1)), 'complaint', 'complaint',
      'Feedback report: ' || feedback_type, message_id, number, now() + interval '${COMPLAINT_DAYS} days', 'postern'
    from complained where siblings = 1 and reverse_path <> ''
    on conflict (address, scope) do nothing`,
};
