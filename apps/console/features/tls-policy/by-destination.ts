import type { TlsResult } from '@postern/admin-contract';

/** What came of TLS with a destination over some days. */
export interface Destination {
  readonly domain: string;
  /** tlsa, sts, no-policy-found: what was found on one day or another. */
  readonly policyTypes: readonly string[];
  readonly successes: number;
  readonly failures: number;
  readonly reasons: readonly {
    readonly resultType: string;
    readonly host: string;
    readonly because: string;
    readonly sessions: number;
  }[];
}

const MAX_REASONS = 5;

/** Adds the results of days up by destination: those with most failures first, then those with most sessions. */
export function byDestination(results: readonly TlsResult[]): readonly Destination[] {
  const all = [...Map.groupBy(results, ({ domain }) => domain)].map(([domain, days]): Destination => ({
    domain,
    policyTypes: [...new Set(days.map(({ policyType }) => policyType))],
    successes: sum(days.map(({ successes }) => successes)),
    failures: sum(days.map(({ failures }) => failures)),
    reasons: reasonsOf(days),
  }));
  return all.toSorted((a, b) => b.failures - a.failures || b.successes - a.successes || (a.domain < b.domain ? -1 : 1));
}

function reasonsOf(days: readonly TlsResult[]): Destination['reasons'] {
  const all = days.flatMap(({ resultTypes }) => resultTypes);
  const same = Map.groupBy(all, ({ resultType, host, because }) => JSON.stringify([resultType, host, because]));
  return [...same.values()]
    .flatMap((each) => {
      const [first] = each;
      return first ? [{ ...first, host: first.host ?? '', sessions: sum(each.map(({ sessions }) => sessions)) }] : [];
    })
    .toSorted((a, b) => b.sessions - a.sessions)
    .slice(0, MAX_REASONS);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
