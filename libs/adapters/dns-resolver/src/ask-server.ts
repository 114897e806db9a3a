import { randomBytes } from 'node:crypto';
import {
  type Answer,
  answerOf,
  type FailureReason,
  RCODES,
  readResponse,
  type RecordOf,
  type RecordType,
  type Response,
  writeQuery,
} from '@postern/dns';
import { exchangeTcp } from './exchange-tcp.ts';
import { exchangeUdp } from './exchange-udp.ts';
import type { Server } from './server.ts';

export interface Question<Type extends RecordType = RecordType> {
  /** Lower case, without a trailing dot. */
  readonly name: string;
  readonly type: Type;
}

export interface AskOptions<Type extends RecordType> {
  readonly question: Question<Type>;
  readonly server: Server;
  readonly believesAd: boolean;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** An answer, and the octets that it came in. */
export interface ServerAnswer<Type extends RecordType> {
  readonly answer: Answer<RecordOf[Type]>;
  readonly octets: number;
}

/** Puts a question to one server: over UDP, and over TCP when the answer is too long for it. */
export async function askServer<Type extends RecordType>(options: AskOptions<Type>): Promise<ServerAnswer<Type>> {
  const deadline = performance.now() + options.timeoutMs;
  let response = await converse(options, 'with', deadline);
  // RFC 6891 §7: a server that does not know EDNS says so, and is asked without.
  if (isResponse(response) && (response.rcode === RCODES.FORMERR || response.rcode === RCODES.NOTIMP)) {
    response = await converse(options, 'without', deadline);
  }
  if (!isResponse(response)) return { answer: { kind: 'failed', reason: response }, octets: 0 };
  const { question, believesAd } = options;
  return { answer: answerOf(response, question, { believesAd }), octets: response.message.length };
}

async function converse<Type extends RecordType>(
  { question, server, signal }: AskOptions<Type>,
  edns: 'with' | 'without',
  deadline: number,
): Promise<Response | FailureReason> {
  const random = randomBytes(2 + question.name.length);
  const name = inRandomCase(question.name, random.subarray(2));
  const query = writeQuery({ id: random.readUInt16BE(0), name, type: question.type, edns });
  const options = { server, query, signal };
  let exchange = await exchangeUdp({ ...options, timeoutMs: Math.max(1, deadline - performance.now()) });
  if (exchange.kind === 'ask-over-tcp') {
    exchange = await exchangeTcp({ ...options, timeoutMs: Math.max(1, deadline - performance.now()) });
  }
  if (exchange.kind === 'response') return readResponse(exchange.message) ?? 'malformed';
  return exchange.kind === 'failed' ? exchange.reason : 'malformed';
}

function isResponse(response: Response | FailureReason): response is Response {
  return typeof response === 'object';
}

/** A server repeats the name as it was asked, so each letter's case is one more bit that a forger must guess. */
function inRandomCase(name: string, random: Buffer): string {
  return [...name].map((letter, at) => ((random[at] ?? 0) & 1 ? letter.toUpperCase() : letter)).join('');
}
