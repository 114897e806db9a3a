import type { SessionResult } from '@postern/tls-reporting';
import type { MailHostConnection } from '@postern/smtp-client';
import { judge, namesHost, showTlsa, stsPolicyLines, type TlsFailure } from '@postern/tls-policy';
import type { HopChannel, HostChannel } from './channel.ts';
import type { Shown } from './record-channel.ts';

/** What a TLS report tells of a session with a host, or of a host that was not to be used (RFC 8460 §4.3). */
export function sessionResult(
  { domain, sts }: HopChannel,
  { dane, demanded }: HostChannel,
  about: {
    readonly host: string;
    readonly address?: string;
    readonly sourceAddress?: string | undefined;
    readonly helo?: string | undefined;
    /** Undefined where the host was not to be used. */
    readonly shown: Shown | undefined;
  },
): SessionResult | undefined {
  const failure = failureOf(sts, demanded, about);
  if (failure === 'not about TLS') return undefined;
  const { host, address, sourceAddress, helo } = about;
  return {
    domain,
    ...policyOf(sts, dane),
    ...(failure
      ? {
          failure: {
            resultType: failure.resultType,
            because: failure.because.slice(0, 200),
            host,
            address,
            sourceAddress,
            helo: helo?.slice(0, 255),
          },
        }
      : {}),
  };
}

function policyOf(
  sts: HopChannel['sts'],
  dane: HostChannel['dane'],
): Pick<SessionResult, 'policyType' | 'policyString' | 'mxHost'> {
  if (dane.kind === 'usable')
    return { policyType: 'tlsa', policyString: dane.records.slice(0, 20).map(showTlsa), mxHost: [dane.baseDomain] };
  if (dane.kind === 'unusable' || dane.kind === 'failed') return { policyType: 'tlsa', policyString: [], mxHost: [] };
  if (sts.kind === 'policy' && sts.policy.mode !== 'none')
    return { policyType: 'sts', policyString: stsPolicyLines(sts.policy), mxHost: sts.policy.mx };
  if (sts.failure) return { policyType: 'sts', policyString: [], mxHost: [] };
  return { policyType: 'no-policy-found', policyString: [], mxHost: [] };
}

function failureOf(
  sts: HopChannel['sts'],
  demanded: HostChannel['demanded'],
  { host, shown }: { readonly host: string; readonly shown: Shown | undefined },
): TlsFailure | 'not about TLS' | undefined {
  if (demanded.kind === 'refused') return demanded.failure;
  if (!shown || (!shown.tls && !shown.tlsFailure)) return 'not about TLS';
  const facts = shown.tls
    ? ({ kind: 'encrypted', tls: shown.tls } as const)
    : ({ kind: 'clear', ...(shown.tlsFailure ? { failure: shown.tlsFailure } : {}) } as const);
  const judged = judge(demanded.demand, facts);
  if (judged.resultType !== undefined) return { resultType: judged.resultType, because: judged.because };
  // A policy in the mode testing demands nothing, and is reported as if it did (RFC 8461 §5).
  if (sts.kind === 'policy' && sts.policy.mode === 'testing' && demanded.demand.kind !== 'dane') {
    if (!namesHost(sts.policy, host))
      return { resultType: 'validation-failure', because: `the policy does not name ${host}` };
    const proof = shown.tls?.hostProof;
    if (proof && !proof.proved) return proof.failure;
  }
  // A policy that could not be fetched is a failure of its own, whatever the session was.
  if (sts.kind === 'none' && sts.failure && demanded.applied === 'none') return sts.failure;
  return undefined;
}

/** Of which domains the sessions over a connection were told already. */
const TOLD = new WeakMap<MailHostConnection, Set<string>>();

/** What came of TLS over a connection, once for each domain whose mail it carries. Mail that goes past policies is not told of, and so no report is about reports. */
export function tellSession(
  open: { readonly channel: HopChannel; readonly host: HostChannel; readonly connection: MailHostConnection },
  results: { add(result: SessionResult): void } | undefined,
): void {
  const { channel, host, connection } = open;
  if (!results || channel.wish === 'tls-optional') return;
  const domains = TOLD.get(connection) ?? new Set<string>();
  if (domains.has(channel.domain)) return;
  TOLD.set(connection, domains.add(channel.domain));
  const { facts } = connection;
  const result = sessionResult(channel, host, {
    host: facts.host,
    address: facts.address,
    sourceAddress: facts.localAddress,
    helo: facts.banner.split(' ')[0],
    shown: facts,
  });
  if (result) results.add(result);
}
