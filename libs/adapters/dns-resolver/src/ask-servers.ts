import type { Answer, FailureReason, RecordOf, RecordType } from '@postern/dns';
import { askServer, type Question, type ServerAnswer } from './ask-server.ts';
import type { ResolverLog, ResolverMetrics } from './options.ts';
import { believesAd, type Server, serversToAsk, showServer, type TrustAd } from './server.ts';

/** A server that did not answer is asked last for this long. */
const PASSED_OVER_MS = 10_000;

export interface AskServersOptions {
  readonly trustAd: TrustAd;
  /** How long one server is given to answer once. */
  readonly timeoutMs: number;
  /** How often each server is asked. */
  readonly attempts: number;
  readonly log: ResolverLog;
  readonly metrics: ResolverMetrics | undefined;
  readonly signal: AbortSignal;
}

/** Puts questions to servers, one after the other until one knows. */
export class ServerAsker {
  readonly #options: AskServersOptions;
  /** Until when a server is passed over, by its address and port. */
  readonly #passedOver = new Map<string, number>();

  constructor(options: AskServersOptions) {
    this.#options = options;
  }

  /** `deadline` is a time of performance.now(). */
  async ask<Type extends RecordType>(
    question: Question<Type>,
    servers: readonly Server[],
    deadline: number,
  ): Promise<ServerAnswer<Type>> {
    const { trustAd, attempts } = this.#options;
    let asking = this.#inOrder(serversToAsk(servers, trustAd));
    let failure: FailureReason = 'unreachable';
    for (let round = 0; round < attempts && asking.length > 0; round += 1) {
      const again: Server[] = [];
      for (const server of asking) {
        const leftMs = deadline - performance.now();
        if (leftMs <= 0) return failed(graver(failure, 'timeout'));
        if (this.#options.signal.aborted) return failed(failure);
        const answered = await this.#askOne(question, server, leftMs);
        if (answered.answer.kind !== 'failed') return answered;
        failure = graver(failure, answered.answer.reason);
        // A validating resolver says SERVFAIL of a bogus answer: nobody else is asked to explain it away (RFC 4035 §5.5).
        if (answered.answer.reason === 'servfail' && believesAd(server, trustAd)) return answered;
        if (!isOpinion(answered.answer.reason)) again.push(server);
      }
      asking = again;
    }
    return failed(failure);
  }

  async #askOne<Type extends RecordType>(
    question: Question<Type>,
    server: Server,
    leftMs: number,
  ): Promise<ServerAnswer<Type>> {
    const { trustAd, timeoutMs, metrics, signal } = this.#options;
    const start = performance.now();
    const answered = await askServer({
      question,
      server,
      believesAd: believesAd(server, trustAd),
      timeoutMs: Math.min(timeoutMs, leftMs),
      signal,
    });
    metrics?.asked({
      server: showServer(server),
      type: question.type,
      outcome: outcomeOf(answered.answer),
      durationMs: performance.now() - start,
    });
    if (!signal.aborted) this.#remember(server, answered.answer);
    return answered;
  }

  #inOrder(servers: readonly Server[]): readonly Server[] {
    const nowMs = performance.now();
    const isPassedOver = (server: Server): boolean => (this.#passedOver.get(showServer(server)) ?? 0) > nowMs;
    return [...servers.filter((server) => !isPassedOver(server)), ...servers.filter(isPassedOver)];
  }

  #remember(server: Server, answer: Answer<unknown>): void {
    const name = showServer(server);
    if (answer.kind === 'failed' && (answer.reason === 'timeout' || answer.reason === 'unreachable')) {
      if (!this.#passedOver.has(name))
        this.#options.log.warn({ server: name, reason: answer.reason }, 'resolver does not answer');
      this.#passedOver.set(name, performance.now() + PASSED_OVER_MS);
    } else if (this.#passedOver.delete(name)) this.#options.log.info({ server: name }, 'resolver answers again');
  }
}

function failed<Type extends RecordType>(reason: FailureReason): ServerAnswer<Type> {
  const answer: Answer<RecordOf[Type]> = { kind: 'failed', reason };
  return { answer, octets: 0 };
}

function outcomeOf(answer: Answer<unknown>): string {
  return answer.kind === 'failed' ? answer.reason : answer.kind;
}

/** What a server said about the question, rather than what became of asking it. */
function isOpinion(reason: FailureReason): boolean {
  return reason === 'servfail' || reason === 'refused';
}

const GRAVITY: readonly FailureReason[] = ['unreachable', 'timeout', 'malformed', 'refused', 'servfail'];

/** Of several failures the one that tells most. */
function graver(one: FailureReason, other: FailureReason): FailureReason {
  return GRAVITY.indexOf(other) > GRAVITY.indexOf(one) ? other : one;
}
