import type { CountedResult, DueReport, ReportStore } from '@postern/tls-reporting';
import type { Pool } from 'pg';
import { acceptIn } from '../accept/accept.ts';
import { run, runIn, type Statement } from '../connection/run.ts';
import { transaction } from '../connection/transaction.ts';

/** Results of TLS and the reports about them. */
export function reportStore(pool: Pool): ReportStore {
  return {
    async countSessions(results) {
      const rows = results.map(({ day, domain, policyType, policyString, mxHost, failure, sessions }) => ({
        day,
        domain,
        policy_type: policyType,
        policy_string: policyString,
        mx_host: mxHost,
        failure: failure ?? null,
        sessions,
      }));
      await run(pool, COUNT, [JSON.stringify(rows)]);
    },
    async takeUnreported(before, limit) {
      const rows = await run<readonly [string, string]>(pool, TAKE_UNREPORTED, [before, limit]);
      return rows.map(([day, domain]) => ({ day, domain }));
    },
    putOff: async (day, domain) => void (await run(pool, PUT_OFF, [day, domain])),
    async resultsOf(day, domain) {
      const rows = await run<readonly [string]>(pool, RESULTS_OF, [day, domain]);
      return rows.map(([text]) => JSON.parse(text) as CountedResult);
    },
    async addReports(reports) {
      await transaction(pool, async (client) => {
        for (const { id, day, domain, reportId, fileName, destination, dueAt, gzip } of reports) {
          const to = destination.kind === 'mail' ? `mailto:${destination.address}` : destination.url;
          await runIn(client, ADD, [id, day, domain, reportId, fileName, to, dueAt, gzip]);
        }
      });
    },
    async takeDue(now, againAt, limit) {
      const rows = await run<DueRow>(pool, TAKE_DUE, [now, againAt, limit]);
      return rows.map(due);
    },
    async sent(id, message) {
      await transaction(pool, async (client) => {
        const moved = await runIn<readonly [string]>(client, SENT, [id, message?.id]);
        if (moved.length > 0 && message) await acceptIn(client, [message]);
      });
    },
    failed: async (id, because, retryAt) => void (await run(pool, FAILED, [id, because.slice(0, 500), retryAt])),
    forget: async (before) => void (await run(pool, FORGET, [before])),
  };
}

type DueRow = readonly [
  id: string,
  day: string,
  domain: string,
  reportId: string,
  fileName: string,
  destination: string,
  tries: number,
  madeAt: Date,
  gzip: Buffer,
];

function due([id, day, domain, reportId, fileName, to, tries, madeAt, gzip]: DueRow): DueReport {
  const destination = to.startsWith('mailto:')
    ? ({ kind: 'mail', address: to.slice('mailto:'.length) } as const)
    : ({ kind: 'https', url: to } as const);
  return { id, day, domain, reportId, fileName, destination, tries, madeAt, gzip };
}

/** In one order for everyone, so that no two wait for each other in a circle. */
const COUNT: Statement = {
  name: 'count-tls-sessions',
  text: `
    insert into tls_results (day, domain, digest, policy_type, policy_string, mx_host, failure, sessions)
    select day, domain, digest, min(policy_type), array(select json_array_elements_text(min(policy_string::text)::json)),
      array(select json_array_elements_text(min(mx_host::text)::json)), min(failure::text)::jsonb, sum(sessions)
    from (
      select r.*, decode(md5(concat_ws(chr(10), policy_type, policy_string::text, mx_host::text, failure::text)), 'hex') as digest
      from json_to_recordset($1::json) as r (day date, domain text, policy_type text, policy_string json, mx_host json,
        failure json, sessions int)
    ) r
    group by day, domain, digest order by day, domain, digest
    on conflict (day, domain, digest) do update set sessions = tls_results.sessions + excluded.sessions`,
};

const TAKE_UNREPORTED: Statement = {
  name: 'take-unreported',
  text: `
    insert into tls_report_days (day, domain, made_at)
    select distinct r.day, r.domain, now() from tls_results r
    where r.day < $1::text::date and r.day >= $1::text::date - 7
      and not exists (select from tls_report_days d where d.day = r.day and d.domain = r.domain)
    order by r.day, r.domain limit $2::int
    on conflict do nothing
    returning day::text, domain`,
};

/** Taken again when the day that is looked for next begins. */
const PUT_OFF: Statement = {
  name: 'put-off-report',
  text: `delete from tls_report_days where day = $1::text::date and domain = $2::text`,
};

const RESULTS_OF: Statement = {
  name: 'tls-results-of',
  text: `
    select json_strip_nulls(json_build_object('day', day::text, 'domain', domain, 'policyType', policy_type,
      'policyString', policy_string, 'mxHost', mx_host, 'failure', failure, 'sessions', sessions))::text
    from tls_results where day = $1::text::date and domain = $2::text order by sessions desc limit 1000`,
};

const ADD: Statement = {
  name: 'add-tls-report',
  text: `
    insert into tls_reports_sent (id, day, domain, report_id, file_name, destination, due_at, content)
    values ($1::uuid, $2::text::date, $3::text, $4::text, $5::text, $6::text, $7::timestamptz, $8::bytea)`,
};

const TAKE_DUE: Statement = {
  name: 'take-due-tls-reports',
  text: `
    update tls_reports_sent set due_at = $2::timestamptz, tries = tries + 1 where id = any(array(
      select id from tls_reports_sent where due_at <= $1::timestamptz order by due_at limit $3::int
      for update skip locked))
    returning id::text, day::text, domain, report_id, file_name, destination, tries, made_at, content`,
};

const SENT: Statement = {
  name: 'tls-report-sent',
  text: `
    update tls_reports_sent set sent_at = now(), due_at = null, fault = null, message_id = $2::uuid
    where id = $1::uuid and sent_at is null returning id::text`,
};

const FAILED: Statement = {
  name: 'tls-report-failed',
  text: `update tls_reports_sent set due_at = $3::timestamptz, fault = $2::text where id = $1::uuid`,
};

const FORGET: Statement = {
  name: 'forget-tls-results',
  text: `
    with results as (delete from tls_results where day < $1::text::date),
      days as (delete from tls_report_days where day < $1::text::date),
      mailed as (delete from tls_reports_received where signed_by is not null and received_at < $1::text::date - 340)
    delete from tls_reports_sent where day < $1::text::date`,
};
