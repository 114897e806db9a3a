import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Resolver } from '@postern/dns';
import {
  type PolicyResults,
  readReportRecord,
  type ReportRecord,
  reportFileName,
  type TlsReport,
} from '@postern/tls-report';
import type { NewReport, ReportStore } from './ports.ts';
import type { CountedResult } from './session-results.ts';

const DAY_MS = 86_400_000;
/** Details of one policy at most: a report is for people in the end. */
const MAX_DETAILS = 200;
const BATCH = 50;

export interface MakeContext {
  readonly store: ReportStore;
  readonly resolver: Pick<Resolver, 'txt'>;
  /** Who reports: our host name. */
  readonly submitter: string;
  readonly contact: string;
  readonly now: () => Date;
  /** How long after the day reports leave at the latest, each at a time of its own (RFC 8460 §4.1). */
  readonly spreadMs: number;
  readonly random: () => number;
  readonly log: { warn(facts: object, event: string): void };
}

/** A domain and a day of which a report is due. */
export interface Unreported {
  readonly day: string;
  readonly domain: string;
}

/** Makes a batch of the reports about days that are over, for domains that want them; answers who was asked, and who could not be. */
export async function makeReports(
  context: MakeContext,
): Promise<{ readonly asked: number; readonly later: readonly Unreported[] }> {
  const { store, now, log } = context;
  const today = now().toISOString().slice(0, 10);
  const taken = await store.takeUnreported(today, BATCH);
  const later: Unreported[] = [];
  await Promise.all(
    taken.map(async (each) => {
      const answer = await context.resolver.txt(`_smtp._tls.${each.domain}`);
      if (answer.kind === 'failed') return void later.push(each);
      try {
        await makeReport(each, readReportRecord(answer.kind === 'found' ? answer.records : []), context);
      } catch (cause) {
        log.warn({ err: cause, ...each }, 'TLS report put off');
        later.push(each);
      }
    }),
  );
  return { asked: taken.length, later };
}

async function makeReport({ day, domain }: Unreported, record: ReportRecord, context: MakeContext): Promise<void> {
  const { store, submitter, contact, now, spreadMs, random } = context;
  if (record.kind === 'none') return;
  const results = await store.resultsOf(day, domain);
  if (results.length === 0) return;
  const start = new Date(`${day}T00:00:00Z`);
  const end = new Date(start.getTime() + DAY_MS - 1_000);
  const unique = randomUUID().slice(0, 8);
  const reportId = `${day}-${unique}@${submitter}`;
  const report: TlsReport = {
    'organization-name': submitter,
    'date-range': {
      'start-datetime': start.toISOString().replace('.000', ''),
      'end-datetime': end.toISOString().replace('.000', ''),
    },
    'contact-info': contact,
    'report-id': reportId,
    policies: policiesOf(domain, results),
  };
  const gzip = gzipSync(JSON.stringify(report));
  const fileName = reportFileName({ submitter, domain, start, end, unique });
  const reports = record.destinations.map((destination): NewReport => ({
    id: randomUUID(),
    day,
    domain,
    reportId,
    fileName,
    destination,
    dueAt: new Date(now().getTime() + random() * spreadMs),
    gzip,
  }));
  await store.addReports(reports);
}

/** The results of a domain, policy by policy (RFC 8460 §4.4). */
export function policiesOf(domain: string, results: readonly CountedResult[]): readonly PolicyResults[] {
  const byPolicy = Map.groupBy(results, ({ policyType, policyString, mxHost }) =>
    JSON.stringify([policyType, policyString, mxHost]),
  );
  return [...byPolicy.values()].map((same) => {
    const [{ policyType, policyString, mxHost } = NOTHING] = same;
    const failures = same.filter(({ failure }) => failure !== undefined);
    const sessions = (of: readonly CountedResult[]) => of.reduce((sum, each) => sum + each.sessions, 0);
    return {
      policy: {
        'policy-type': policyType,
        'policy-domain': domain,
        ...(policyString.length > 0 ? { 'policy-string': policyString } : {}),
        ...(mxHost.length > 0 ? { 'mx-host': mxHost } : {}),
      },
      summary: {
        'total-successful-session-count': sessions(same) - sessions(failures),
        'total-failure-session-count': sessions(failures),
      },
      ...(failures.length > 0 ? { 'failure-details': failures.slice(0, MAX_DETAILS).map(detailsOf) } : {}),
    };
  });
}

const NOTHING = { policyType: 'no-policy-found', policyString: [], mxHost: [] } as const;

function detailsOf({ failure, sessions }: CountedResult) {
  return {
    'result-type': failure?.resultType ?? 'validation-failure',
    ...(failure?.sourceAddress ? { 'sending-mta-ip': failure.sourceAddress } : {}),
    ...(failure?.host ? { 'receiving-mx-hostname': failure.host } : {}),
    ...(failure?.helo ? { 'receiving-mx-helo': failure.helo } : {}),
    ...(failure?.address ? { 'receiving-ip': failure.address } : {}),
    'failed-session-count': sessions,
    ...(failure?.because ? { 'failure-reason-code': failure.because } : {}),
  };
}
