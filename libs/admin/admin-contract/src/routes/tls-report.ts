import { z } from 'zod';
import { route } from '../route.ts';
import { instant, page, pageQuery } from '../shapes.ts';

/** What came of TLS with a domain on a day: sessions of ours with its mail hosts. */
export const tlsResult = z
  .object({
    /** The UTC day. */
    day: z.string(),
    domain: z.string(),
    /** tlsa, sts, no-policy-found. */
    policyType: z.string(),
    successes: z.int().nonnegative(),
    failures: z.int().nonnegative(),
    /** RFC 8460 §4.3, the commonest first. */
    resultTypes: z.array(
      z.object({ resultType: z.string(), host: z.string().nullable(), because: z.string(), sessions: z.int() }),
    ),
  })
  .meta({ id: 'TlsResult' });
export type TlsResult = z.output<typeof tlsResult>;

/** A TLS report of ours for one destination. */
export const tlsReportSent = z
  .object({
    id: z.string(),
    day: z.string(),
    domain: z.string(),
    reportId: z.string(),
    destination: z.string(),
    tries: z.int(),
    sentAt: instant.nullable(),
    /** The message that carries it, where it goes by mail. */
    messageId: z.string().nullable(),
    /** When it is tried next; null: it is sent, or given up. */
    dueAt: instant.nullable(),
    fault: z.string().nullable(),
  })
  .meta({ id: 'TlsReportSent' });
export type TlsReportSent = z.output<typeof tlsReportSent>;

/** A TLS report that somebody else made about domains of ours. */
export const tlsReportReceived = z
  .object({
    id: z.string(),
    receivedAt: instant,
    organization: z.string(),
    reportId: z.string(),
    startAt: instant,
    endAt: instant,
    domains: z.array(z.string()),
    successes: z.int(),
    failures: z.int(),
    /** The domain that signed the mail that brought it; null: an operator took it in. */
    signedBy: z.string().nullable(),
    /** As RFC 8460 §4.4 has it, what a report does not have left out. */
    report: z.unknown(),
  })
  .meta({ id: 'TlsReportReceived' });
export type TlsReportReceived = z.output<typeof tlsReportReceived>;

const tag = 'TLS reports';

export const TLS_REPORT_ROUTES = {
  listTlsResults: route({
    method: 'GET',
    path: '/api/v1/tls-results',
    tag,
    summary: 'What came of TLS, by day and destination; those with failures first',
    permission: 'routes:read',
    query: z.object({
      domain: z.string().trim().min(1).max(255).optional(),
      days: z.coerce.number<number>().int().min(1).max(60).default(7),
    }),
    status: 200,
    response: z.object({ items: z.array(tlsResult) }),
    problems: [],
  }),
  listTlsReportsSent: route({
    method: 'GET',
    path: '/api/v1/tls-reports/sent',
    tag,
    summary: 'The TLS reports that we made, the latest first',
    permission: 'routes:read',
    query: pageQuery.extend({ domain: z.string().trim().min(1).max(255).optional() }),
    status: 200,
    response: page(tlsReportSent),
    problems: [],
  }),
  listTlsReportsReceived: route({
    method: 'GET',
    path: '/api/v1/tls-reports/received',
    tag,
    summary: 'The TLS reports that others made about our domains, the latest first',
    permission: 'routes:read',
    query: pageQuery,
    status: 200,
    response: page(tlsReportReceived),
    problems: [],
  }),
  uploadTlsReport: route({
    method: 'POST',
    path: '/api/v1/tls-reports/received',
    tag,
    summary: 'Take in a TLS report about a domain of ours: its file, base64; JSON or gzip of it',
    permission: 'routes:write',
    body: z.object({ file: z.base64().min(4).max(3_000_000) }),
    status: 201,
    response: tlsReportReceived,
    problems: ['conflict'],
  }),
};
