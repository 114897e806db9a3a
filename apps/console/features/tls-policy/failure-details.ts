/** One line of the failures that a report tells of (RFC 8460 §4.4). */
export interface FailureLine {
  readonly domain: string;
  readonly resultType: string;
  readonly host: string;
  readonly sender: string;
  readonly because: string;
  readonly sessions: number;
}

const MAX_LINES = 100;

/** The failures in a report as it was kept; what is not of the form is left out. */
export function failureLines(report: unknown): readonly FailureLine[] {
  return list(field(report, 'policies'))
    .flatMap((policy) => {
      const domain = text(field(field(policy, 'policy'), 'policy-domain'));
      return list(field(policy, 'failure-details')).map((details) => ({
        domain,
        resultType: text(field(details, 'result-type')),
        host: text(field(details, 'receiving-mx-hostname')),
        sender: text(field(details, 'sending-mta-ip')),
        because: text(field(details, 'failure-reason-code')),
        sessions: Number(field(details, 'failed-session-count') ?? 0),
      }));
    })
    .slice(0, MAX_LINES);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
