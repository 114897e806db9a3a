import { namesHost } from '../mta-sts/names-host.ts';
import type { ChannelDemand } from '../channel-demand.ts';
import type { TlsFailure } from '../result-type.ts';
import type { DaneFinding, LocalDemand, SenderWish, StsFinding } from './findings.ts';

/** What a mail host must prove before mail for a domain is handed to it. */
export type HostDemand =
  | { readonly kind: 'demand'; readonly demand: ChannelDemand; readonly applied: AppliedPolicy }
  /** It is not to be used for this mail, whatever it proves. */
  | { readonly kind: 'refused'; readonly failure: TlsFailure; readonly applied: AppliedPolicy };

/** The policy that decided. */
export type AppliedPolicy = 'dane' | 'mta-sts' | 'requiretls' | 'local' | 'none';

export interface DestinationFindings {
  /** The domain that the policy is of: the recipients', or a smarthost's (RFC 8461 §3.4). */
  readonly domain: string;
  readonly host: string;
  /** Whether the way from the domain to the host is authentic, or the host is one that an operator named. */
  readonly hostAuthentic: boolean;
  readonly dane: DaneFinding;
  readonly sts: StsFinding;
  readonly local: LocalDemand;
  readonly wish: SenderWish;
}

/**
 * Folds all policies about a mail host into one demand.
 *
 * DANE wins over MTA-STS (RFC 8461 §2): MTA-STS never saves what DANE refuses. Of the others the strictest counts. Mail with
 * `TLS-Required: No` goes past what the destination publishes (RFC 8689 §5), and not past what our operators demand. Who asks
 * for a version or for cipher suites asks for TLS: a host that has only others gets nothing, rather than everything in clear.
 */
export function hostDemand(about: DestinationFindings): HostDemand {
  const folded = withLocal(published(about), about);
  const strict = about.wish === 'requiretls' ? forRequireTls(folded, about) : folded;
  const { minVersion, ciphers, because } = about.local;
  if (strict.kind === 'refused' || (minVersion === undefined && ciphers === undefined)) return strict;
  if (ciphers?.length === 0)
    return refused('local', 'validation-failure', `the local rules leave no cipher suite (${because})`);
  const { demand, applied } =
    strict.demand.kind === 'opportunistic'
      ? ({ demand: { kind: 'encrypted', because }, applied: 'local' } as const)
      : strict;
  const parameters = { ...(minVersion === undefined ? {} : { minVersion }), ...(ciphers ? { ciphers } : {}) };
  return { kind: 'demand', demand: { ...demand, ...parameters }, applied };
}

/** What the destination itself demands. */
function published({ domain, host, dane, sts, wish, local }: DestinationFindings): HostDemand {
  if (wish === 'tls-optional' && local.channel !== 'dane') return OPPORTUNISTIC;
  switch (dane.kind) {
    case 'failed':
      return refused('dane', 'dnssec-invalid', dane.because);
    case 'usable': {
      const { records, names, baseDomain: serverName } = dane;
      const demand = { kind: 'dane', records, names, serverName, because: `TLSA records of ${serverName}` } as const;
      return { kind: 'demand', demand, applied: 'dane' };
    }
    case 'unusable':
    case 'insecure':
    case 'none':
  }
  // A policy in the mode testing is looked at for reports, and demands nothing (RFC 8461 §5).
  if (sts.kind === 'policy' && sts.policy.mode === 'enforce') {
    const because = `the MTA-STS policy ${sts.id} of ${domain}`;
    if (!namesHost(sts.policy, host))
      return refused('mta-sts', 'validation-failure', `${because} does not name ${host}`);
    // RFC 8461 §4.2: the certificate must have the mail host's name, and not just one that the policy has.
    return { kind: 'demand', demand: { kind: 'verified', names: [host], because }, applied: 'mta-sts' };
  }
  if (dane.kind === 'unusable') {
    const because = `TLSA records of ${dane.baseDomain}, none of them usable`;
    return { kind: 'demand', demand: { kind: 'encrypted', because }, applied: 'dane' };
  }
  return OPPORTUNISTIC;
}

function withLocal(given: HostDemand, { local, host, dane }: DestinationFindings): HostDemand {
  // Proved by DANE is never less than what else can be asked.
  if (given.kind === 'refused' || given.demand.kind === 'dane') return given;
  const { demand } = given;
  const { because } = local;
  if (local.channel === 'dane')
    return refused('local', 'dane-required', `${because} demands DANE for ${host}, and ${whyNoDane(dane)}`);
  if (demand.kind === 'verified' || local.channel === 'verified') {
    const verified = demand.kind === 'verified' ? demand : ({ kind: 'verified', names: [host], because } as const);
    const expired = local.expired === undefined ? {} : { expired: local.expired };
    return { ...given, demand: { ...verified, ...expired }, applied: demand === verified ? given.applied : 'local' };
  }
  if (demand.kind === 'opportunistic' && local.channel === 'encrypted')
    return { kind: 'demand', demand: { kind: 'encrypted', because }, applied: 'local' };
  return given;
}

/**
 * RFC 8689 §4.2.1: the way to the host is authentic by DNSSEC or by its MTA-STS policy, and its certificate is proved by
 * DANE or by a trusted authority. That it offers REQUIRETLS is seen when it is spoken with.
 */
function forRequireTls(given: HostDemand, { host, domain, hostAuthentic, sts }: DestinationFindings): HostDemand {
  if (given.kind === 'refused') return given;
  const named = sts.kind === 'policy' && sts.policy.mode !== 'none' && namesHost(sts.policy, host);
  if (!hostAuthentic && !named) {
    const because = `the sender demands REQUIRETLS, and neither DNSSEC nor MTA-STS vouches for ${host} as a mail host of ${domain}`;
    return refused('requiretls', 'validation-failure', because);
  }
  if (given.demand.kind === 'dane') return given;
  const because = 'the sender demands REQUIRETLS';
  return { kind: 'demand', demand: { kind: 'verified', names: [host], because }, applied: 'requiretls' };
}

const OPPORTUNISTIC: HostDemand = { kind: 'demand', demand: { kind: 'opportunistic' }, applied: 'none' };

function refused(applied: AppliedPolicy, resultType: TlsFailure['resultType'], because: string): HostDemand {
  return { kind: 'refused', failure: { resultType, because }, applied };
}

function whyNoDane(dane: DaneFinding): string {
  switch (dane.kind) {
    case 'insecure':
    case 'failed':
      return dane.because;
    case 'none':
      return 'it has no TLSA records';
    case 'unusable':
      return `none of its TLSA records is usable (${dane.because})`;
    case 'usable':
      return 'it was not applied';
  }
}
