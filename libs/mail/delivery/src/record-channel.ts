import type { RecordedChannel } from '@postern/queue';
import {
  type ChannelDemand,
  type ChannelFacts,
  judge,
  showTlsa,
  type TlsFacts,
  type TlsFailure,
} from '@postern/tls-policy';
import type { HopChannel, HostChannel } from './channel.ts';

/** What a dialled host showed. */
export interface Shown {
  readonly tls?: TlsFacts | undefined;
  readonly tlsFailure?: TlsFailure | undefined;
}

/**
 * What an attempt keeps of policies and channel. Undefined where nothing was found, demanded or shown: mail in clear to hosts
 * without any policy, which has nothing to explain.
 */
export function recordChannel(
  channel: HopChannel,
  { dane, demanded }: HostChannel,
  shown: Shown | undefined,
): RecordedChannel | undefined {
  const found = findings(channel, dane);
  if (demanded.kind === 'refused') {
    const { failure, applied } = demanded;
    return {
      found,
      applied,
      demanded: 'no delivery',
      verdict: 'fail',
      resultType: failure.resultType,
      because: cut(failure.because),
    };
  }
  if (!shown?.tls && demanded.applied === 'none' && Object.keys(found).length === 0) return undefined;
  const { verdict, resultType, because } = verdictOf(demanded.demand, shown);
  return {
    found,
    applied: demanded.applied,
    demanded: demanded.demand.kind,
    verdict,
    ...(resultType === undefined ? {} : { resultType }),
    because: cut(because),
    ...(shown?.tls?.certificate ? { certificate: certificateOf(shown.tls.certificate) } : {}),
  };
}

function verdictOf(demand: ChannelDemand, shown: Shown | undefined): ReturnType<typeof judge> {
  if (!shown) return { verdict: 'fail', because: 'the host was not spoken with' };
  const facts: ChannelFacts = shown.tls
    ? { kind: 'encrypted', tls: shown.tls }
    : { kind: 'clear', ...(shown.tlsFailure ? { failure: shown.tlsFailure } : {}) };
  const judged = judge(demand, facts);
  // What nobody demanded is told all the same: a report says it, and a simulation asks for it.
  if (
    judged.resultType === undefined &&
    shown.tls &&
    !shown.tls.hostProof.proved &&
    shown.tls.daneProof?.proved !== true
  )
    return { ...judged, resultType: shown.tls.hostProof.failure.resultType };
  return judged;
}

function findings({ sts, local, wish, insecure }: HopChannel, dane: HostChannel['dane']): RecordedChannel['found'] {
  return {
    ...(insecure !== undefined || dane.kind === 'none' || dane.kind === 'insecure'
      ? {}
      : { dane: cut(daneWords(dane)) }),
    ...(sts.kind === 'policy'
      ? { mtaSts: cut(`${sts.policy.mode}, id ${sts.id}, mx ${sts.policy.mx.join(' ')}`) }
      : sts.failure
        ? { mtaSts: cut(`${sts.failure.resultType}: ${sts.failure.because}`) }
        : {}),
    ...(local.channel === 'none' && !local.minVersion && !local.ciphers && local.expired === undefined
      ? {}
      : { local: cut(local.because) }),
    ...(wish === 'none' ? {} : { sender: wish === 'requiretls' ? 'REQUIRETLS' : 'TLS-Required: No' }),
  };
}

function daneWords(dane: HostChannel['dane']): string {
  switch (dane.kind) {
    case 'usable':
      return dane.records.slice(0, 5).map(showTlsa).join('; ');
    case 'unusable':
      return `none usable: ${dane.because}`;
    case 'failed':
    case 'insecure':
      return dane.because;
    case 'none':
      return 'none';
  }
}

function certificateOf(certificate: NonNullable<TlsFacts['certificate']>): NonNullable<RecordedChannel['certificate']> {
  const { subject, issuer, names, validFrom, validTo, fingerprintSha256, publicKeySha256 } = certificate;
  return {
    subject: cut(subject),
    issuer: cut(issuer),
    names: names.slice(0, 20).map((name) => name.slice(0, 255)),
    validFrom: validFrom.toISOString(),
    validTo: validTo.toISOString(),
    fingerprintSha256,
    ...(publicKeySha256 === undefined ? {} : { publicKeySha256 }),
  };
}

/** Bounded, and without the octets that a JSON text in PostgreSQL cannot have. */
function cut(text: string): string {
  return text.replaceAll(/[\u0000-\u001F\u007F]/g, ' ').slice(0, 500);
}
