import { judge } from '@postern/tls-policy';
import type { ConnectionFacts, DialEnd, Dialer, DialTarget } from '@postern/smtp-client';
import { TlsClient } from './handshake.ts';
import { MailHostSession } from './mail-host-session.ts';
import { openSession, type OpeningEnd, type OpeningSettings } from './open-session.ts';
import { CLIENT_TIMEOUTS, type ClientTimeouts } from './timeouts.ts';

export interface DialerOptions {
  /** What we say in EHLO: our name, or our address as an address literal (RFC 5321 §4.1.4). */
  readonly localName: string;
  /** What differs from CLIENT_TIMEOUTS. */
  readonly timeouts?: Partial<ClientTimeouts>;
  /** The trusted authorities in PEM; those that come with Node when not given. */
  readonly ca?: readonly string[];
}

/** Opens sessions over TCP and TLS; keeps trusted authorities and TLS sessions for all of them. */
export function createDialer(options: DialerOptions): Dialer {
  const timeouts: ClientTimeouts = { ...CLIENT_TIMEOUTS, ...options.timeouts };
  const tickMs = Math.max(5, Math.min(500, ...Object.values(timeouts).map((each) => each / 4)));
  const settings: OpeningSettings = { localName: options.localName, timeouts, tickMs, tls: new TlsClient(options) };
  return { dial: (target) => dial(target, settings) };
}

async function dial(target: DialTarget, settings: OpeningSettings): Promise<DialEnd> {
  const first = await openSession(target, settings);
  if (first.kind === 'open' || first.retryInClear === undefined || target.signal?.aborted) {
    return dialEnd(first, target, settings);
  }
  // RFC 7435 §3: a handshake that failed must not keep mail back that could have gone in clear. A new connection, for this one is spoilt.
  const second = await openSession(target, settings, first.retryInClear);
  return dialEnd(second, target, settings);
}

function dialEnd(end: OpeningEnd, target: DialTarget, { timeouts }: OpeningSettings): DialEnd {
  if (end.kind === 'refused') return { kind: 'refused', refusal: end.refusal };
  const { opening, wire, stepsMs } = end;
  const { channel, banner, extensions } = opening;
  const { verdict, resultType, because } = judge(target.demand, channel);
  const tlsFailure = verdict === 'pass' && resultType !== undefined ? { resultType, because } : unproved(channel);
  const facts: ConnectionFacts = {
    host: target.host,
    address: target.address,
    port: target.port,
    localAddress: wire.socket.localAddress,
    banner,
    extensions,
    ...(channel.kind === 'encrypted' ? { tls: channel.tls } : {}),
    ...(tlsFailure ? { tlsFailure } : {}),
    because,
    stepsMs,
  };
  return { kind: 'connected', connection: new MailHostSession(facts, wire, timeouts) };
}

/** Why a certificate proves nothing, where nobody demanded that it should. */
function unproved(channel: OpeningChannel): ConnectionFacts['tlsFailure'] {
  return channel.kind === 'encrypted' && !channel.tls.hostProof.proved ? channel.tls.hostProof.failure : undefined;
}

type OpeningChannel = Extract<OpeningEnd, { kind: 'open' }>['opening']['channel'];
