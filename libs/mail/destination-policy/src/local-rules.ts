import type { LocalDemand } from '@postern/tls-policy';

/** What an operator has decided about the channel, for a while and for a reason. */
export interface LocalRule {
  readonly id: string;
  readonly scope: RuleScope;
  /** `none`: it only allows or names a version. */
  readonly channel: 'none' | 'encrypted' | 'verified' | 'dane';
  readonly minVersion?: 'TLSv1.2' | 'TLSv1.3';
  /** The cipher suites that will do, in OpenSSL's names. */
  readonly ciphers?: readonly string[];
  readonly expired?: 'allowed';
  /** Undefined: until it is removed. */
  readonly until?: Date;
  readonly reason: string;
}

export type RuleScope =
  /** Mail to a domain, `*.example.com` for what is below it, `*` for all. */
  | { readonly kind: 'domain'; readonly pattern: string }
  /** Mail by a route. */
  | { readonly kind: 'route'; readonly name: string }
  /** Mail that a credential submitted. */
  | { readonly kind: 'credential'; readonly id: string };

/** Which mail is asked about. */
export interface MailAbout {
  readonly domain: string;
  readonly route: string | undefined;
  readonly credentialId: string | undefined;
}

/**
 * All rules that apply to a mail, as one demand: the strictest channel, the highest version, the cipher suites that all of
 * them name, and what any of them allows.
 */
export function localDemand(rules: readonly LocalRule[], about: MailAbout, now: Date): LocalDemand {
  let demand: LocalDemand = NO_LOCAL_DEMAND;
  for (const rule of rules) {
    if ((rule.until !== undefined && rule.until <= now) || !concerns(rule.scope, about)) continue;
    const stricter = STRICTNESS.indexOf(rule.channel) > STRICTNESS.indexOf(demand.channel);
    const minVersion = [demand.minVersion, rule.minVersion].includes('TLSv1.3')
      ? 'TLSv1.3'
      : (demand.minVersion ?? rule.minVersion);
    const ciphers = inBoth(demand.ciphers, rule.ciphers);
    const expired = demand.expired ?? rule.expired;
    const isFirstToDemand = demand.channel === 'none' && !demand.minVersion && !demand.ciphers;
    demand = {
      channel: stricter ? rule.channel : demand.channel,
      because: stricter || isFirstToDemand ? describeRule(rule) : demand.because,
      ...(minVersion === undefined ? {} : { minVersion }),
      ...(ciphers === undefined ? {} : { ciphers }),
      ...(expired === undefined ? {} : { expired }),
    };
  }
  return demand;
}

/** Nobody has decided anything. */
export const NO_LOCAL_DEMAND: LocalDemand = Object.freeze({ channel: 'none', because: 'no local rule' });

function inBoth(
  some: readonly string[] | undefined,
  others: readonly string[] | undefined,
): readonly string[] | undefined {
  return some && others ? some.filter((each) => others.includes(each)) : (some ?? others);
}

function describeRule({ scope, reason }: LocalRule): string {
  const what = scope.kind === 'domain' ? scope.pattern : scope.kind === 'route' ? scope.name : scope.id;
  return `the local rule for ${scope.kind} ${what} (${reason})`;
}

function concerns(scope: RuleScope, { domain, route, credentialId }: MailAbout): boolean {
  switch (scope.kind) {
    case 'domain':
      if (scope.pattern === '*') return true;
      return scope.pattern.startsWith('*.') ? domain.endsWith(scope.pattern.slice(1)) : domain === scope.pattern;
    case 'route':
      return scope.name === route;
    case 'credential':
      return scope.id === credentialId;
  }
}

const STRICTNESS: readonly LocalDemand['channel'][] = ['none', 'encrypted', 'verified', 'dane'];
