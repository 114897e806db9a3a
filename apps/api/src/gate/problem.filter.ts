import {
  bodyTooLarge,
  newProblem,
  PROBLEM_MEDIA_TYPE,
  ROUTES,
  type Problem,
  type ProblemCode,
  type Route,
} from '@postern/admin-contract';
import { StoreUnavailable } from '@postern/queue';
import type { Logger } from '@postern/observability';
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemException } from './problem.exception.ts';

/** The one place where anything that goes wrong becomes an answer (RFC 9457). A bug tells the client nothing but its number. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = this.problemOf(error, request);
    if (reply.sent || reply.raw.headersSent) return;
    const retryAfter = error instanceof ProblemException ? error.retryAfterSeconds : undefined;
    if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
    if (problem.code === 'method-not-allowed') void reply.header('allow', methodsOf(request.url).join(', '));
    void reply.status(problem.status).type(PROBLEM_MEDIA_TYPE).send(problem);
  }

  problemOf(error: unknown, request: FastifyRequest): Problem {
    if (error instanceof ProblemException) return error.problem;
    const status = statusOf(error);
    if (status === 404) return unrouted(request);
    if (status === 413) return bodyTooLarge();
    if (status === 415)
      return ofField('unsupported-media-type', 'header.content-type', 'The body must be application/json');
    // What else the framework refuses is a body that it cannot read.
    if (status !== undefined && status < 500)
      return ofField('invalid-request', 'body', 'JSON is expected, and no name in it like __proto__');
    const facts = { err: error, requestId: request.id, method: request.method, path: request.url.split('?')[0] };
    if (isStoreAway(error)) {
      this.#log.warn(facts, 'request failed: the database does not answer');
      return newProblem('store-unavailable', 'The database does not answer; try again in a moment');
    }
    this.#log.error(facts, 'request failed');
    return newProblem('internal-fault', `It is in our log as request ${request.id}`);
  }
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const status: unknown = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? status : undefined;
}

function ofField(code: ProblemCode, field: string, message: string): Problem {
  return newProblem(code, message, [{ field, message }]);
}

/** StoreUnavailable, or what the driver says (of us or of the library) when PostgreSQL is away (SQLSTATE classes 08, 53, 57). */
function isStoreAway(error: unknown): boolean {
  if (error instanceof StoreUnavailable) return true;
  if (!(error instanceof Error)) return false;
  const code: unknown = 'code' in error ? error.code : undefined;
  const away = /^(?:ECONNREFUSED|ECONNRESET|ENOENT|ETIMEDOUT|EPIPE|08...|53...|57P..)$/;
  const told = /connection terminated|timeout exceeded when trying to connect|connection ended/i;
  return (typeof code === 'string' && away.test(code)) || told.test(error.message) || isStoreAway(error.cause);
}

function unrouted(request: FastifyRequest): Problem {
  const methods = methodsOf(request.url);
  return methods.length > 0
    ? newProblem('method-not-allowed', `Use ${methods.join(' or ')}`)
    : newProblem('not-found', 'There is nothing at this address');
}

function methodsOf(url: string): readonly string[] {
  const path = url.split('?')[0] ?? '';
  return Object.values<Route>(ROUTES)
    .filter((route) => new RegExp(`^${route.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path))
    .map((route) => route.method);
}
