import { gunzipSync } from 'node:zlib';

/** A report about a day of sessions with a domain's mail hosts, in the words of RFC 8460 §4.4. */
export interface TlsReport {
  readonly 'organization-name': string;
  readonly 'date-range': { readonly 'start-datetime': string; readonly 'end-datetime': string };
  readonly 'contact-info': string;
  readonly 'report-id': string;
  readonly policies: readonly PolicyResults[];
}

export interface PolicyResults {
  readonly policy: {
    readonly 'policy-type': 'tlsa' | 'sts' | 'no-policy-found';
    readonly 'policy-string'?: readonly string[];
    readonly 'policy-domain': string;
    readonly 'mx-host'?: readonly string[];
  };
  readonly summary: {
    readonly 'total-successful-session-count': number;
    readonly 'total-failure-session-count': number;
  };
  readonly 'failure-details'?: readonly FailureDetails[];
}

export interface FailureDetails {
  readonly 'result-type': string;
  readonly 'sending-mta-ip'?: string;
  readonly 'receiving-mx-hostname'?: string;
  readonly 'receiving-mx-helo'?: string;
  readonly 'receiving-ip'?: string;
  readonly 'failed-session-count': number;
  readonly 'failure-reason-code'?: string;
}

/** The name of a report's file (RFC 8460 §5.1): `submitter!policy-domain!begin!end!unique.json.gz`. */
export function reportFileName(about: {
  readonly submitter: string;
  readonly domain: string;
  readonly start: Date;
  readonly end: Date;
  readonly unique: string;
}): string {
  const seconds = (date: Date) => Math.floor(date.getTime() / 1_000);
  return `${about.submitter}!${about.domain}!${seconds(about.start)}!${seconds(about.end)}!${about.unique}.json.gz`;
}

/** The largest report that is read, as it comes and unpacked. */
const MAX_OCTETS = 2 * 1_048_576;
const MAX_UNPACKED_OCTETS = 20 * 1_048_576;

export type ReportReading =
  { readonly kind: 'report'; readonly report: TlsReport } | { readonly kind: 'invalid'; readonly because: string };

/** Reads a report that somebody sent: JSON, or gzip of it (RFC 8460 §4.4, §5.2); bounded, and only what a report has is kept. */
export function readReport(
  octets: Buffer,
  { maxUnpackedOctets = MAX_UNPACKED_OCTETS }: { readonly maxUnpackedOctets?: number } = {},
): ReportReading {
  if (octets.length > MAX_OCTETS) return invalid('it is too large');
  let value: unknown;
  try {
    const packed = octets[0] === 0x1f && octets[1] === 0x8b;
    value = JSON.parse((packed ? gunzipSync(octets, { maxOutputLength: maxUnpackedOctets }) : octets).toString('utf8'));
  } catch {
    return invalid('it is neither JSON nor gzip of it');
  }
  const range = field(value, 'date-range');
  const policies = field(value, 'policies');
  const start = text(field(range, 'start-datetime'));
  const end = text(field(range, 'end-datetime'));
  if (!isTime(start) || !isTime(end)) return invalid('it has no date-range');
  if (!Array.isArray(policies) || policies.length === 0) return invalid('it has no policies');
  const read = policies.slice(0, 1_000).map(readPolicy);
  const complete = read.filter((policy) => policy !== undefined);
  if (complete.length < read.length) return invalid('one of its policies cannot be read');
  return {
    kind: 'report',
    report: {
      'organization-name': text(field(value, 'organization-name')) ?? '',
      'date-range': { 'start-datetime': start, 'end-datetime': end },
      'contact-info': text(field(value, 'contact-info')) ?? '',
      'report-id': text(field(value, 'report-id')) ?? '',
      policies: complete,
    },
  };
}

function readPolicy(value: unknown): PolicyResults | undefined {
  const policy = field(value, 'policy');
  const summary = field(value, 'summary');
  const type = field(policy, 'policy-type');
  const domain = text(field(policy, 'policy-domain'));
  const good = count(field(summary, 'total-successful-session-count'));
  const bad = count(field(summary, 'total-failure-session-count'));
  if (type !== 'tlsa' && type !== 'sts' && type !== 'no-policy-found') return undefined;
  if (domain === undefined || good === undefined || bad === undefined) return undefined;
  const details = field(value, 'failure-details');
  return {
    policy: {
      'policy-type': type,
      'policy-domain': domain.toLowerCase(),
      'policy-string': texts(field(policy, 'policy-string')),
      'mx-host': texts(field(policy, 'mx-host')),
    },
    summary: { 'total-successful-session-count': good, 'total-failure-session-count': bad },
    'failure-details': Array.isArray(details) ? details.slice(0, 1_000).flatMap((each) => readDetails(each) ?? []) : [],
  };
}

function readDetails(value: unknown): FailureDetails | undefined {
  const type = text(field(value, 'result-type'));
  const sessions = count(field(value, 'failed-session-count'));
  if (type === undefined || sessions === undefined) return undefined;
  const optional = <Name extends string>(name: Name) => {
    const found = text(field(value, name));
    return found === undefined ? {} : ({ [name]: found } as Readonly<Record<Name, string>>);
  };
  return {
    'result-type': type,
    'failed-session-count': sessions,
    ...optional('sending-mta-ip'),
    ...optional('receiving-mx-hostname'),
    ...optional('receiving-mx-helo'),
    ...optional('receiving-ip'),
    ...optional('failure-reason-code'),
  };
}

/** A time of RFC 3339, of this age of the world. */
function isTime(value: string | undefined): value is string {
  return value !== undefined && /^20\d\d-\d\d-\d\d/.test(value) && !Number.isNaN(Date.parse(value));
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value.replaceAll(/[\u0000-\u001f\u007f]/g, ' ').slice(0, 500) : undefined;
}

/** RFC 8460 §4.4 has arrays here; many senders write a single text. */
function texts(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value.slice(0, 100) : [value];
  return list.flatMap((each) => text(each) ?? []);
}

/** More sessions in a day than anybody has are a jest, and their sum would be no number that JSON can carry. */
const MAX_SESSIONS = 1e12;

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= MAX_SESSIONS
    ? value
    : undefined;
}

function invalid(because: string): ReportReading {
  return { kind: 'invalid', because };
}
