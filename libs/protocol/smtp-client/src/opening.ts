import { isPositive, replyText, type Reply } from '@postern/smtp';
import type { ClientCredentials, ClientExchange, HostOffer } from '@postern/sasl';
import { judge, type ChannelDemand, type ChannelFacts, type TlsFacts, type TlsFailure } from '@postern/tls-policy';
import { authenticate, answerChallenge } from './authenticate.ts';
import { noExtensions, parseExtensions, type Extensions } from './extensions.ts';
import { connectionFault, type ConnectionFault, type FaultKind, type SessionStage } from './fault.ts';

/** What a session is opened for. */
export interface OpeningPlan {
  /** What to say in EHLO. */
  readonly localName: string;
  readonly demand: ChannelDemand;
  /** TLS before the greeting (RFC 8314 §3). */
  readonly implicitTls: boolean;
  readonly auth?: ClientCredentials;
  /** Why STARTTLS is not to be tried: a handshake with this host has just failed, and the demand allows to stay in clear. */
  readonly startTlsFailed?: TlsFailure;
}

/** A session from the connection to its readiness for mail: greeting, EHLO, STARTTLS, EHLO again, AUTH. */
export interface Opening {
  readonly plan: OpeningPlan;
  readonly awaiting: 'greeting' | 'ehlo' | 'helo' | 'starttls' | 'tls' | 'auth' | 'auth cancelled';
  readonly banner: string;
  readonly extensions: Extensions;
  readonly channel: ChannelFacts;
  /** What binds an authentication to the channel. */
  readonly binding?: HostOffer['binding'] | undefined;
  readonly exchange?: ClientExchange;
}

export type OpeningEvent =
  | { readonly kind: 'replied'; readonly reply: Reply }
  | { readonly kind: 'tls established'; readonly tls: TlsFacts; readonly binding?: HostOffer['binding'] }
  | { readonly kind: 'tls failed'; readonly failure: TlsFailure };

export type OpeningStep =
  | { readonly kind: 'wait'; readonly opening: Opening }
  /** `secret`: the line must not be logged. */
  | { readonly kind: 'send'; readonly opening: Opening; readonly line: string; readonly secret: boolean }
  | { readonly kind: 'start tls'; readonly opening: Opening }
  | { readonly kind: 'ready'; readonly opening: Opening }
  | {
      readonly kind: 'refused';
      readonly opening: Opening;
      readonly fault: ConnectionFault;
      readonly reply?: Reply;
      readonly tlsFailure?: TlsFailure;
      /** The demand allows to connect again and stay in clear (RFC 7435 §3). */
      readonly retryInClear?: boolean;
    };

/** The first step, once connected. */
export function beginOpening(plan: OpeningPlan): OpeningStep {
  const opening: Opening = {
    plan,
    awaiting: plan.implicitTls ? 'tls' : 'greeting',
    banner: '',
    extensions: noExtensions(),
    channel: { kind: 'clear' },
  };
  return plan.implicitTls ? { kind: 'start tls', opening } : { kind: 'wait', opening };
}

/** What follows from a reply, or from the end of a TLS handshake. */
export function stepOpening(opening: Opening, event: OpeningEvent): OpeningStep {
  if (event.kind === 'tls established') return tlsEstablished(opening, event);
  if (event.kind === 'tls failed') return tlsFailed(opening, event.failure);
  const { reply } = event;
  // RFC 5321 §3.8: 421 may answer anything, and the host closes.
  if (reply.code === 421) return refuse(opening, 'refused', 'the host closes', reply);
  switch (opening.awaiting) {
    case 'greeting':
      return greeting(opening, reply);
    case 'ehlo':
      return ehlo(opening, reply);
    case 'helo':
      return helo(opening, reply);
    case 'starttls':
      return startTls(opening, reply);
    case 'auth':
      return auth(opening, reply);
    case 'auth cancelled':
      return refuse(opening, 'auth', 'the exchange made no sense and was cancelled', reply);
    case 'tls':
      return refuse(opening, 'protocol', 'a reply came in clear during the TLS handshake', reply);
  }
}

/** Where a session stands, in the words of an attempt's record. */
export function openingStage({ awaiting, plan }: Opening): SessionStage {
  if (awaiting === 'helo') return 'ehlo';
  if (awaiting === 'tls') return plan.implicitTls ? 'connect' : 'starttls';
  return awaiting === 'auth cancelled' ? 'auth' : awaiting;
}

/** RFC 5321 §3.1, §4.3.2: only the first digit counts. */
function greeting(opening: Opening, reply: Reply): OpeningStep {
  const greeted = { ...opening, banner: reply.lines.join(' ') };
  if (isPositive(reply)) return sayEhlo(greeted);
  return refuseOr(greeted, reply, 'refused', { refused: 'the greeting refuses us', nonsense: 'the greeting is none' });
}

function sayEhlo(opening: Opening): OpeningStep {
  return send({ ...opening, awaiting: 'ehlo' }, `EHLO ${opening.plan.localName}`);
}

function ehlo(opening: Opening, reply: Reply): OpeningStep {
  if (isPositive(reply)) return decideChannel({ ...opening, extensions: parseExtensions(reply) });
  // RFC 5321 §3.2: a host that does not know EHLO is greeted with HELO. x0z is about syntax (§4.2.1): 500, 501, 502, 504.
  if (Math.floor(reply.code / 10) === 50)
    return send({ ...opening, awaiting: 'helo' }, `HELO ${opening.plan.localName}`);
  return refuseOr(opening, reply, 'refused', answers('EHLO'));
}

function helo(opening: Opening, reply: Reply): OpeningStep {
  if (isPositive(reply)) return decideChannel({ ...opening, extensions: noExtensions() });
  return refuseOr(opening, reply, 'refused', answers('HELO'));
}

function decideChannel(opening: Opening): OpeningStep {
  const { channel, extensions, plan } = opening;
  if (channel.kind === 'encrypted' || plan.demand.kind === 'clear') return decideAuth(opening);
  if (plan.startTlsFailed) return stayInClear(opening, plan.startTlsFailed);
  if (extensions.startTls) return send({ ...opening, awaiting: 'starttls' }, 'STARTTLS');
  return stayInClear(opening, { resultType: 'starttls-not-supported', because: 'the host does not offer STARTTLS' });
}

function startTls(opening: Opening, reply: Reply): OpeningStep {
  if (isPositive(reply)) return { kind: 'start tls', opening: { ...opening, awaiting: 'tls' } };
  if (!isRefusal(reply)) return refuse(opening, 'protocol', answers('STARTTLS').nonsense, reply);
  // RFC 3207 §4: the session is as before, and the client decides whether to go on in clear.
  const because = `the host offers STARTTLS and refused it: ${replyText(reply)}`;
  return stayInClear(opening, { resultType: 'starttls-not-supported', because }, reply);
}

function stayInClear(opening: Opening, failure: TlsFailure, reply?: Reply): OpeningStep {
  const channel: ChannelFacts = { kind: 'clear', failure };
  if (judge(opening.plan.demand, channel).verdict === 'pass') return decideAuth({ ...opening, channel });
  return refuse({ ...opening, channel, awaiting: 'starttls' }, 'tls', failure.because, reply, failure);
}

function tlsEstablished(opening: Opening, event: OpeningEvent & { kind: 'tls established' }): OpeningStep {
  const { tls, binding } = event;
  // RFC 3207 §4.2: all that was learnt before TLS is forgotten.
  const secured: Opening = { ...opening, channel: { kind: 'encrypted', tls }, extensions: noExtensions(), binding };
  const { verdict, resultType, because } = judge(opening.plan.demand, secured.channel);
  if (verdict === 'fail') {
    return refuse(secured, 'tls', because, undefined, { resultType: resultType ?? 'validation-failure', because });
  }
  if (opening.plan.implicitTls) return { kind: 'wait', opening: { ...secured, awaiting: 'greeting' } };
  return sayEhlo(secured);
}

/** A handshake that failed leaves nothing to go on with; opportunistic delivery begins again in clear. */
function tlsFailed(opening: Opening, failure: TlsFailure): OpeningStep {
  const retryInClear = opening.plan.demand.kind === 'opportunistic' && !opening.plan.implicitTls;
  return { ...refuse(opening, 'tls', failure.because, undefined, failure), ...(retryInClear ? { retryInClear } : {}) };
}

function decideAuth(opening: Opening): OpeningStep {
  const { auth: credentials } = opening.plan;
  if (!credentials) return { kind: 'ready', opening };
  const { mechanisms: offers } = opening.extensions;
  const begun = authenticate(credentials, { offers, channel: opening.channel.kind, binding: opening.binding });
  if (begun.kind === 'refused') return refuse({ ...opening, awaiting: 'auth' }, 'auth', begun.because);
  return send({ ...opening, awaiting: 'auth', exchange: begun.exchange }, begun.line, { secret: true });
}

function auth(opening: Opening, reply: Reply): OpeningStep {
  const { exchange } = opening;
  if (exchange && reply.code === 334) {
    const answer = answerChallenge(exchange, reply);
    if (answer.kind === 'cancel') return send({ ...opening, awaiting: 'auth cancelled' }, '*');
    return send(opening, answer.line, { secret: true });
  }
  if (isPositive(reply)) {
    if (exchange?.complete) return { kind: 'ready', opening };
    return refuse(opening, 'auth', 'the host said yes before the exchange was complete', reply);
  }
  return refuseOr(opening, reply, 'auth', answers('AUTH'));
}

function send(opening: Opening, line: string, { secret }: { secret: boolean } = { secret: false }): OpeningStep {
  return { kind: 'send', opening, line: `${line}\r\n`, secret };
}

function refuse(
  opening: Opening,
  kind: FaultKind,
  reason: string,
  reply?: Reply,
  tlsFailure?: TlsFailure,
): OpeningStep & { kind: 'refused' } {
  const stage = openingStage(opening);
  const answered = reply === undefined ? {} : { reply };
  const fault = connectionFault({ stage, kind, reason, ...answered });
  return { kind: 'refused', opening, fault, ...answered, ...(tlsFailure === undefined ? {} : { tlsFailure }) };
}

/** 4yz and 5yz refuse; anything else where yes or no was due is no SMTP. */
function refuseOr(
  opening: Opening,
  reply: Reply,
  kind: FaultKind,
  reasons: { readonly refused: string; readonly nonsense: string },
): OpeningStep {
  return isRefusal(reply)
    ? refuse(opening, kind, reasons.refused, reply)
    : refuse(opening, 'protocol', reasons.nonsense, reply);
}

function answers(command: string): { readonly refused: string; readonly nonsense: string } {
  return { refused: `${command} was refused`, nonsense: `${command} was answered with nonsense` };
}

function isRefusal(reply: Reply): boolean {
  return reply.code >= 400;
}
