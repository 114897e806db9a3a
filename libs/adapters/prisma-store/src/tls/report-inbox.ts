import { newMessageId } from '@postern/queue';
import { MAX_MAILED_REPORTS_A_DAY, type TlsReportInbox } from '@postern/reports';
import type { Pool } from 'pg';
import { run, type Statement } from '../connection/run.ts';

/** TLS reports that come by mail. */
export function reportInbox(pool: Pool): TlsReportInbox {
  return {
    async keepMailedReport(report, signedBy) {
      const { 'organization-name': organization, 'report-id': reportId, 'date-range': range, policies } = report;
      const sum = (of: 'total-successful-session-count' | 'total-failure-session-count') =>
        policies.reduce((total, { summary }) => total + summary[of], 0);
      const domains = [...new Set(policies.map(({ policy }) => policy['policy-domain']))];
      const [row] = await run<readonly [isOurs: boolean, isFull: boolean, kept: boolean]>(pool, KEEP, [
        newMessageId(Date.now()),
        organization,
        reportId,
        new Date(range['start-datetime']),
        new Date(range['end-datetime']),
        JSON.stringify(domains),
        sum('total-successful-session-count'),
        sum('total-failure-session-count'),
        JSON.stringify(report),
        signedBy,
        MAX_MAILED_REPORTS_A_DAY,
      ]);
      const [isOurs, isFull, kept] = row ?? [false, false, false];
      if (!isOurs) return 'foreign';
      if (kept) return 'kept';
      return isFull ? 'full' : 'known';
    },
  };
}

/** A report is about us when each of its domains is a sending domain or below one. */
const KEEP: Statement = {
  name: 'keep-mailed-tls-report',
  text: `
    with about as (
      select array(select json_array_elements_text($6::json)) as domains
    ), judged as (
      select domains, not exists (select from unnest(domains) d where not exists (select from sending_domains s
          where d = s.name or right(d, length(s.name) + 1) = '.' || s.name)) as ours,
        (select count(*) from tls_reports_received where signed_by is not null and received_at > now() - interval '1 day')
          >= $11::int as full
      from about
    ), kept as (
      insert into tls_reports_received (id, organization, report_id, start_at, end_at, domains, successes, failures, report, signed_by)
      select $1::uuid, $2::text, $3::text, $4::timestamptz, $5::timestamptz, domains, $7::bigint, $8::bigint, $9::jsonb, $10::text
      from judged where ours and not "full"
      on conflict do nothing
      returning id
    )
    select ours, "full", exists (select from kept) from judged`,
};
