import type {
  TlsReportChanges,
  TlsReportReads,
  TlsReportReceived,
  TlsReportSent,
  TlsResult,
} from '@postern/administration';
import type { TlsReportReceived as ReceivedRow } from '../generated/client.ts';
import { instant, type Db } from './client.ts';
import { behind } from './order.ts';
import { newId } from './credentials.ts';

const MAX_RESULTS = 2_000;

/** Results of TLS and reports about it, read. */
export function tlsReportReads(db: Db): TlsReportReads {
  return {
    async listTlsResults(since, domain) {
      const day = since.toISOString().slice(0, 10);
      return db.$queryRaw<TlsResult[]>`
        select day::text, domain, policy_type as "policyType",
          coalesce(sum(sessions) filter (where failure is null), 0)::int as successes,
          coalesce(sum(sessions) filter (where failure is not null), 0)::int as failures,
          coalesce((array_agg(jsonb_build_object('resultType', failure->>'resultType', 'host', failure->>'host',
            'because', coalesce(failure->>'because', ''), 'sessions', sessions) order by sessions desc)
            filter (where failure is not null))[1:20], '{}') as "resultTypes"
        from tls_results where day >= ${day}::date and (${domain ?? null}::text is null or domain = ${domain ?? null})
        group by day, domain, policy_type order by failures desc, day desc, domain limit ${MAX_RESULTS}`;
    },
    async listTlsReportsSent({ after, limit }, domain) {
      const day = after && new Date(after.day);
      const rows = await db.tlsReportSent.findMany({
        where: {
          ...(domain === undefined ? {} : { domain }),
          ...(day === undefined ? {} : { OR: [{ day: { lt: day } }, { day, id: behind('descending', after?.id) }] }),
        },
        orderBy: [{ day: 'desc' }, { id: 'desc' }],
        take: limit,
        omit: { content: true },
      });
      return rows.map(
        ({ id, day, domain, reportId, destination, tries, sentAt, messageId, dueAt, fault }): TlsReportSent => ({
          id,
          day: instant(day).slice(0, 10),
          domain,
          reportId,
          destination,
          tries,
          sentAt: sentAt ? instant(sentAt) : null,
          messageId,
          dueAt: dueAt ? instant(dueAt) : null,
          fault,
        }),
      );
    },
    async listTlsReportsReceived({ after, limit }) {
      const startAt = after && new Date(after.startAt);
      const where = startAt
        ? { OR: [{ startAt: { lt: startAt } }, { startAt, id: behind('descending', after.id) }] }
        : {};
      const orderBy = [{ startAt: 'desc' as const }, { id: 'desc' as const }];
      const rows = await db.tlsReportReceived.findMany({ where, orderBy, take: limit });
      return rows.map(viewOf);
    },
  };
}

/** Reports of others, taken in. */
export function tlsReportChanges(db: Db): TlsReportChanges {
  return {
    async addTlsReport(report) {
      const { 'organization-name': organization, 'report-id': reportId, 'date-range': range, policies } = report;
      if (await db.tlsReportReceived.findUnique({ where: { organization_reportId: { organization, reportId } } }))
        return undefined;
      const sum = (of: 'total-successful-session-count' | 'total-failure-session-count') =>
        policies.reduce((total, { summary }) => total + summary[of], 0);
      const row = await db.tlsReportReceived.create({
        data: {
          id: newId(),
          organization,
          reportId,
          startAt: new Date(range['start-datetime']),
          endAt: new Date(range['end-datetime']),
          domains: [...new Set(policies.map(({ policy }) => policy['policy-domain']))],
          successes: sum('total-successful-session-count'),
          failures: sum('total-failure-session-count'),
          report: JSON.parse(JSON.stringify(report)),
        },
      });
      return viewOf(row);
    },
  };
}

function viewOf(row: ReceivedRow): TlsReportReceived {
  const { id, receivedAt, organization, reportId, startAt, endAt, domains, successes, failures, report, signedBy } =
    row;
  return {
    id,
    receivedAt: instant(receivedAt),
    organization,
    reportId,
    startAt: instant(startAt),
    endAt: instant(endAt),
    domains,
    successes: Number(successes),
    failures: Number(failures),
    signedBy,
    report,
  };
}
