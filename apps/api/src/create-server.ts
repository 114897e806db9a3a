import { randomUUID } from 'node:crypto';
import { MOST_BODY_OCTETS, PROBLEM_MEDIA_TYPE } from '@postern/admin-contract';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { ApiModule } from './api.module.ts';
import type { ApiParts } from './api-parts.ts';
import { addressProblem, refuseClient } from './gate/refused-early.ts';
import { isTrustedProxy } from './trusted-proxy.ts';

/** What every answer carries: it is data, to be shown, framed, cached or taken for something else by nobody. */
const HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

/** The HTTP server of the API, not listening yet. */
export async function createServer(parts: ApiParts): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: MOST_BODY_OCTETS,
    trustProxy: isTrustedProxy,
    genReqId: () => randomUUID(),
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    keepAliveTimeout: 72_000,
    routerOptions: { maxParamLength: 256 },
    frameworkErrors: refuseAddress,
    clientErrorHandler: refuseClient,
  });
  const fastify: FastifyInstance = adapter.getInstance();
  takeJsonOnly(fastify);
  fastify.addHook('onRequest', async (_, reply) => void reply.headers(HEADERS));
  measure(fastify, parts);
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.of(parts), adapter, {
    logger: false,
    bodyParser: false,
    abortOnError: false,
  });
  return app;
}

/** The framework refuses an address that is none before it looks for a route, and before our filter. */
function refuseAddress(error: Error, _: unknown, reply: FastifyReply): void {
  const problem = addressProblem(error);
  void reply.headers(HEADERS).status(problem.status).type(PROBLEM_MEDIA_TYPE).send(problem);
}

/** A body is JSON or is refused: what a form of another site can send is no JSON, and `__proto__` in one is refused too. */
function takeJsonOnly(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else void parse(request, String(body), done);
  });
}

/** Counts requests by route, method and class of status: as many series as the contract has routes. */
function measure(fastify: FastifyInstance, { metrics }: ApiParts): void {
  const labels = { method: ['GET', 'POST', 'DELETE'], status: ['2xx', '3xx', '4xx', '5xx'] };
  const requests = metrics.histogram({
    name: 'postern_api_request_seconds',
    help: 'Requests to the admin API, by how long they took',
    labels,
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
  });
  fastify.addHook('onResponse', async (request, reply) => {
    requests.observe(
      { method: request.method, status: `${Math.floor(reply.statusCode / 100)}xx` },
      reply.elapsedTime / 1000,
    );
  });
}
