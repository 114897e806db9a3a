import type { TlsFailure } from '@postern/tls-policy';
import {
  beginOpening,
  connectionFault,
  openingStage,
  stepOpening,
  type DialRefusal,
  type DialTarget,
  type FaultKind,
  type Opening,
  type OpeningStep,
} from '@postern/smtp-client';
import { connectTcp } from './connect-tcp.ts';
import type { TlsClient } from './handshake.ts';
import { Steps } from './steps.ts';
import type { ClientTimeouts } from './timeouts.ts';
import { Turns } from './turns.ts';
import { Wire } from './wire.ts';

export interface OpeningSettings {
  readonly localName: string;
  readonly timeouts: ClientTimeouts;
  readonly tickMs: number;
  readonly tls: TlsClient;
}

export type OpeningEnd =
  | { readonly kind: 'open'; readonly wire: Wire; readonly opening: Opening; readonly stepsMs: Steps['ms'] }
  | { readonly kind: 'refused'; readonly refusal: DialRefusal; readonly retryInClear?: TlsFailure };

/** Opens one session: connects, then does what the opening says until it is ready or refused. */
export async function openSession(
  target: DialTarget,
  settings: OpeningSettings,
  startTlsFailed?: TlsFailure,
): Promise<OpeningEnd> {
  const steps = new Steps();
  const tcp = await connectTcp(target, { timeoutMs: settings.timeouts.connectMs });
  steps.book('connect');
  if (tcp.kind === 'refused') return { kind: 'refused', refusal: { fault: tcp.fault, stepsMs: steps.ms } };
  const talk = new OpeningTalk(target, settings, steps);
  return talk.run(new Wire(tcp.socket, { listener: talk.turns, tickMs: settings.tickMs }), startTlsFailed);
}

class OpeningTalk {
  readonly #target: DialTarget;
  readonly #settings: OpeningSettings;
  readonly #steps: Steps;
  turns = new Turns();

  constructor(target: DialTarget, settings: OpeningSettings, steps: Steps) {
    this.#target = target;
    this.#settings = settings;
    this.#steps = steps;
  }

  async run(first: Wire, startTlsFailed: TlsFailure | undefined): Promise<OpeningEnd> {
    const { demand, auth, implicitTls = false, localName = this.#settings.localName, signal } = this.#target;
    const options = { ...(auth ? { auth } : {}), ...(startTlsFailed ? { startTlsFailed } : {}) };
    let wire = first;
    let step = beginOpening({ localName, demand, implicitTls, ...options });
    const abort = (): void => this.turns.ended('local', 'the session was given up before it was open');
    signal?.addEventListener('abort', abort);
    try {
      if (signal?.aborted) abort();
      for (;;) {
        switch (step.kind) {
          case 'ready':
            return { kind: 'open', wire, opening: step.opening, stepsMs: this.#steps.ms };
          case 'refused':
            return this.#refused(wire, step);
          case 'start tls': {
            const upgraded = await this.#startTls(wire, step.opening);
            if (upgraded.wire) wire = upgraded.wire;
            step = upgraded.step;
            break;
          }
          case 'send':
            wire.send(step.line);
            step = await this.#hear(wire, step.opening);
            break;
          case 'wait':
            step = await this.#hear(wire, step.opening);
            break;
        }
      }
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  async #hear(wire: Wire, opening: Opening): Promise<OpeningStep> {
    const stage = openingStage(opening);
    wire.expect(stage, this.#settings.timeouts[TIMEOUTS[opening.awaiting]]);
    const heard = await this.turns.next();
    this.#steps.book(stage);
    if (heard.kind === 'ended') return ended(opening, heard.fault, heard.reason);
    const step = stepOpening(opening, heard);
    // RFC 3207 §6: what was said in clear behind the reply to STARTTLS would be taken for the first words inside TLS.
    if (step.kind === 'start tls' && wire.unfinished) return ended(opening, 'protocol', INJECTED);
    return step;
  }

  async #startTls(wire: Wire, opening: Opening): Promise<{ wire?: Wire; step: OpeningStep }> {
    const { tls, timeouts, tickMs } = this.#settings;
    const end = await tls.handshake(wire.release(), this.#target, { timeoutMs: timeouts.tlsMs });
    this.#steps.book('tls');
    if (end.kind === 'failed') return { step: stepOpening(opening, { kind: 'tls failed', failure: end.failure }) };
    this.turns = new Turns();
    const secure = new Wire(end.socket, { listener: this.turns, tickMs });
    return {
      wire: secure,
      step: stepOpening(opening, { kind: 'tls established', tls: end.tls, binding: end.binding }),
    };
  }

  #refused(wire: Wire, step: OpeningStep & { kind: 'refused' }): OpeningEnd {
    const { fault, reply, tlsFailure, opening, retryInClear } = step;
    // RFC 5321 §3.1, §4.1.1.10: also a client that was refused says QUIT. Nobody waits for the answer.
    if (reply && reply.code !== 421) wire.send('QUIT\r\n');
    wire.finish(this.#settings.timeouts.quitMs);
    const { banner, channel } = opening;
    const refusal: DialRefusal = {
      fault,
      ...(reply ? { reply } : {}),
      ...(tlsFailure ? { tlsFailure } : {}),
      ...(channel.kind === 'encrypted' ? { tls: channel.tls } : {}),
      ...(banner === '' ? {} : { banner }),
      stepsMs: this.#steps.ms,
    };
    return { kind: 'refused', refusal, ...(retryInClear && tlsFailure ? { retryInClear: tlsFailure } : {}) };
  }
}

/** The connection ended. Between a handshake and the first reply inside TLS that is the handshake's failure, told late. */
function ended(opening: Opening, kind: FaultKind, reason: string): OpeningStep {
  const { awaiting, channel, plan } = opening;
  if (kind === 'lost' && awaiting === 'ehlo' && channel.kind === 'encrypted' && !plan.implicitTls) {
    const failure = { resultType: 'validation-failure', because: `${reason} after the TLS handshake` } as const;
    return stepOpening(opening, { kind: 'tls failed', failure });
  }
  return { kind: 'refused', opening, fault: connectionFault({ stage: openingStage(opening), kind, reason }) };
}

const INJECTED = 'the host sent something in clear behind its reply to STARTTLS';

const TIMEOUTS = {
  greeting: 'greetingMs',
  ehlo: 'ehloMs',
  helo: 'ehloMs',
  starttls: 'ehloMs',
  tls: 'tlsMs',
  auth: 'authMs',
  'auth cancelled': 'authMs',
} as const satisfies Record<Opening['awaiting'], keyof ClientTimeouts>;
