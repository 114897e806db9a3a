import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import {
  bodyTooLarge,
  MOST_BODY_OCTETS,
  newProblem,
  PROBLEM_MEDIA_TYPE,
  type ProblemCode,
} from '@postern/admin-contract';
import { apiUrl } from './api-url.ts';
import { forwardedHeaders, pairs } from './forward-headers.ts';

const agent = new Agent({ keepAlive: true });

/** Longer than the API is silent at the most: its stream has a heartbeat every few seconds. */
const SILENCE_MS = 60_000;

/**
 * Passes a request of the browser on to the API and its answer back, both as they come: nothing is gathered, so a
 * download of any size and a stream of events go through in bounded memory. Ends the one side when the other ends.
 */
export function forward(request: Request): Promise<Response> {
  const incoming = new URL(request.url);
  const target = new URL(incoming.pathname + incoming.search, apiUrl());
  // Only what the API serves to browsers: its health and its metrics are for the machines beside it.
  if (!target.pathname.startsWith('/api/')) return Promise.resolve(new Response(null, { status: 404 }));
  // The API would answer and hang up while we still write, and its answer be lost.
  if (Number(request.headers.get('content-length')) > MOST_BODY_OCTETS)
    return Promise.resolve(
      Response.json(bodyTooLarge(), { status: 413, headers: { 'content-type': PROBLEM_MEDIA_TYPE } }),
    );
  return new Promise((resolve) => {
    const outgoing = httpRequest(target, {
      agent,
      method: request.method,
      headers: Object.fromEntries(forwardedHeaders(request.headers)),
      timeout: SILENCE_MS,
      signal: request.signal,
    });
    outgoing.on('response', (answer) => resolve(passedBack(request, answer)));
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.on('error', (error) => resolve(unanswered(error)));
    if (request.body) {
      const body = Readable.fromWeb(request.body as NodeStream);
      body.on('error', (error) => outgoing.destroy(error));
      body.pipe(outgoing);
    } else {
      outgoing.end();
    }
  });
}

function passedBack(request: Request, answer: IncomingMessage): Response {
  const headers = new Headers(forwardedHeaders(pairs(answer.rawHeaders)));
  // Compressing a stream of events would hold events back.
  if (headers.get('content-type')?.startsWith('text/event-stream')) {
    headers.set('cache-control', 'no-cache, no-transform');
    headers.set('x-accel-buffering', 'no');
  }
  const status = answer.statusCode ?? 502;
  const empty = request.method === 'HEAD' || status === 204 || status === 304;
  if (empty) answer.resume();
  return new Response(empty ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>), { status, headers });
}

/** The API did not answer: away, restarting, or too slow. What is sent tells that it was not reached. */
function unanswered(error: Error): Response {
  const code: ProblemCode = 'store-unavailable';
  const problem = {
    ...newProblem(code, 'The console cannot reach the admin API. It may be restarting; try again in a moment.'),
    title: 'The admin API does not answer',
    code: 'unreachable',
    type: 'about:blank',
  };
  if (error.name !== 'AbortError')
    console.error(JSON.stringify({ level: 'error', msg: 'admin API unreachable', error: error.message }));
  return Response.json(problem, { status: 503, headers: { 'content-type': PROBLEM_MEDIA_TYPE, 'retry-after': '2' } });
}
