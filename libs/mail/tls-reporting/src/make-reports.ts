import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Resolver } from '@postern/dns';
import { type PolicyResults, readReportRecord, reportFileName, type TlsReport } from '@postern/tls-report';
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
}

/** Makes the reports about days that are over, for domains that want them; answers how many domains were asked. */
export async function makeReports(context: MakeContext): Promise<number> {
  const { store, now } = context;
  const today = now().toISOString().slice(0, 10);
  const taken = await store.takeUnreported(today, BATCH);
  await Promise.all(taken.map((each) => makeReport(each, context)));
  return taken.length;
}

async function makeReport(
  { day, domain }: { readonly day: string; readonly domain: string },
  context: MakeContext,
): Promise<void> {
  const { store, resolver, submitter, contact, now, spreadMs, random } = context;
  const answer = await resolver.txt(`_smtp._tls.${domain}`);
  if (answer.kind === 'failed') {
    return store.putOff(day, domain);
  }
  const record = readReportRecord(answer.kind === 'found' ? answer.records : []);
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
