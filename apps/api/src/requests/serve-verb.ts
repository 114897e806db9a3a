import type { Route } from '@postern/admin-contract';
import type { Context, Outcome } from '@postern/administration';
import type { FastifyReply } from 'fastify';
import { answerOf, ProblemException } from '../gate/problem.exception.ts';
import type { ApiRequest } from '../gate/request.ts';
import { onceUnder } from './once.ts';
import { unlessChanged } from './unless-changed.ts';
import { entityTag } from './entity-tag.ts';

export type AnyVerb = (context: Context, request: Record<string, unknown>) => Promise<Outcome<unknown>>;

/** The verb that shows a thing, which of its fields make up the version, and how the audit calls its changes. */
export interface Shows {
  readonly verb: AnyVerb;
  readonly version: readonly string[];
  readonly audited: string | undefined;
  readonly permission: Route['permission'];
}

export interface Serving {
  readonly route: Route;
  readonly verb: AnyVerb;
  /** For a route that changes something which another one shows. */
  readonly shows: Shows | undefined;
  readonly context: Context;
  readonly request: ApiRequest;
  readonly reply: FastifyReply;
}

/** Answers a request by the verb of its route: once, where it bears a key; and not over somebody else's change. */
export async function serveVerb(serving: Serving): Promise<unknown> {
  const { route, verb, shows, context, request, reply } = serving;
  const given = { params: request.params, query: request.query, body: request.body };
  const key = headerOf(request, 'idempotency-key');
  if (key !== undefined && route.status === 201) {
    const { answer, replayed } = await onceUnder({ key, route, given, context }, verb);
    if (replayed) void reply.header('idempotency-replayed', 'true');
    return answer;
  }
  if (shows) {
    const guarded = unlessChanged({ context, request: given, shows, ifMatch: headerOf(request, 'if-match') });
    return answerOf(await verb(guarded, given));
  }
  const answer = answerOf(await verb(context, given));
  if (route.version) void reply.header('etag', entityTag(answer, route.version));
  return answer;
}

function headerOf({ headers }: ApiRequest, name: 'idempotency-key' | 'if-match'): string | undefined {
  const value = headers[name];
  if (value === undefined) return undefined;
  const text = Array.isArray(value) ? value.join(', ') : value;
  if (/^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/.test(text)) return text;
  const message = 'Expected 1 to 255 visible ASCII characters';
  throw new ProblemException('invalid-request', `${name}: ${message}`, {
    errors: [{ field: `header.${name}`, message }],
  });
}
