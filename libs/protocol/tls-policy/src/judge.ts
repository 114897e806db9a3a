import { certificateNames } from './certificate-names.ts';
import type { ChannelDemand } from './channel-demand.ts';
import type { ChannelFacts, TlsFacts } from './channel-facts.ts';
import type { TlsFailure, TlsResultType } from './result-type.ts';

export interface Judgement {
  readonly verdict: 'pass' | 'fail';
  /** What a TLS report would say, also where the demand forgives it. */
  readonly resultType?: TlsResultType;
  readonly because: string;
}

/** Whether a channel is what the demand asks for. */
export function judge(demand: ChannelDemand, channel: ChannelFacts): Judgement {
  switch (demand.kind) {
    case 'clear':
      return { verdict: 'pass', because: demand.because };
    case 'opportunistic':
      return channel.kind === 'encrypted' ? pass('encrypted, not verified') : inClear(channel.failure);
    case 'encrypted':
      return channel.kind === 'encrypted' ? pass('encrypted, not verified') : fail(missing(channel.failure));
    case 'verified': {
      if (channel.kind === 'clear') return fail(missing(channel.failure));
      const proof = proves(channel.tls, demand.names);
      if (proof.proved) return pass('encrypted and verified');
      return demand.expired === 'allowed' && provesButForDates(channel.tls, demand.names)
        ? { ...fail(proof.failure), verdict: 'pass' }
        : fail(proof.failure);
    }
    case 'dane': {
      if (channel.kind === 'clear') return fail(missing(channel.failure));
      const proof = channel.tls.daneProof;
      if (!proof) return fail({ resultType: 'validation-failure', because: 'its TLSA records were not looked at' });
      return proof.proved ? pass(`encrypted, and proved by DANE (${proof.by})`) : fail(proof.failure);
    }
  }
}

/** Whether a certificate proves that its holder is one of `names`. */
export function proves(
  { chain, certificate }: Pick<TlsFacts, 'chain' | 'certificate'>,
  names: readonly string[],
): TlsFacts['hostProof'] {
  if (!chain.trusted) return { proved: false, failure: chain.failure };
  const own = certificate?.names ?? [];
  if (names.some((name) => certificateNames(own, name))) return { proved: true };
  const because = `the certificate names ${list(own) || 'no host'}, not ${list(names)}`;
  return { proved: false, failure: { resultType: 'certificate-host-mismatch', because } };
}

function provesButForDates({ certificate, trustedButForDates }: TlsFacts, names: readonly string[]): boolean {
  const own = certificate?.names ?? [];
  return trustedButForDates === true && names.some((name) => certificateNames(own, name));
}

function pass(because: string): Judgement {
  return { verdict: 'pass', because };
}

function fail(failure: TlsFailure): Judgement {
  return { verdict: 'fail', resultType: failure.resultType, because: failure.because };
}

function inClear(failure: TlsFailure | undefined): Judgement {
  return failure === undefined ? pass('in clear') : { ...fail(failure), verdict: 'pass' };
}

function missing(failure: TlsFailure | undefined): TlsFailure {
  return failure ?? { resultType: 'starttls-not-supported', because: 'the channel is not encrypted' };
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
