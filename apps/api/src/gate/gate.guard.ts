import type { Route } from '@postern/admin-contract';
import { clientNetwork, type Actor } from '@postern/administration';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import type { Sessions } from '../accounts/sessions.ts';
import { allowanceFields, type RateLimit } from '../requests/rate-limit.ts';
import { isCrossSite } from './cross-site.ts';
import { ProblemException } from './problem.exception.ts';
import { clientOf, type ApiRequest } from './request.ts';

/** Who asks with an API key; undefined when it is none that holds. */
export type ApiKeys = (given: { readonly key: string; readonly address: string }) => Promise<Actor | undefined>;

export interface GateParts {
  readonly sessions: Sessions;
  readonly apiKeys: ApiKeys;
  readonly rateLimit: RateLimit;
}

/** Marks a handler with the route of the contract that it serves. */
export const ServedRoute = Reflector.createDecorator<Route>();

/**
 * Stands before every handler of the contract: refuses what another site's page asks for, and knows who asks. A handler
 * without a route of the contract (health, metrics, documents) only reads, and is open.
 */
@Injectable()
export class GateGuard implements CanActivate {
  readonly #reflector: Reflector;
  readonly #sessions: Sessions;
  readonly #apiKeys: ApiKeys;
  readonly #rateLimit: RateLimit;

  constructor(reflector: Reflector, { sessions, apiKeys, rateLimit }: GateParts) {
    this.#reflector = reflector;
    this.#sessions = sessions;
    this.#apiKeys = apiKeys;
    this.#rateLimit = rateLimit;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const route = this.#reflector.get(ServedRoute, context.getHandler());
    if (!route) return true;
    const request = context.switchToHttp().getRequest<ApiRequest>();
    const { host, origin, 'sec-fetch-site': secFetchSite } = request.headers;
    if (isCrossSite({ method: request.method, host, origin, secFetchSite: single(secFetchSite) })) {
      throw new ProblemException('cross-site-request', 'It was made by a page of another site');
    }
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    if (route.permission !== 'anyone') await this.#know(request, reply);
    await this.#count(request, reply);
    return true;
  }

  /** Who asks: by the key that the request shows, or by its cookie. */
  async #know(request: ApiRequest, reply: FastifyReply): Promise<void> {
    const key = bearerOf(request.headers.authorization);
    if (key !== undefined) {
      // What a request shows counts, and nothing else of it: a key that is wrong is not made good by a cookie.
      const actor = await this.#apiKeys({ key, address: request.ip });
      if (!actor) await this.#unknown(request, reply, 'There is no such API key, or it has ended');
      else request.actor = actor;
      return;
    }
    const signedIn = await this.#sessions.whoIs(clientOf(request));
    if (!signedIn) return this.#unknown(request, reply, 'There is no session, or it has ended');
    request.signedIn = signedIn;
    request.actor = signedIn.actor;
    const { setCookies } = signedIn;
    if (setCookies.length > 0) void reply.header('set-cookie', [...setCookies]);
  }

  async #unknown(request: ApiRequest, reply: FastifyReply, detail: string): Promise<never> {
    await this.#count(request, reply);
    throw new ProblemException('not-signed-in', detail);
  }

  /** Counts the request for the account or key that asks, or for the address of one that is not known. */
  async #count(request: ApiRequest, reply: FastifyReply): Promise<void> {
    const { actor, ip } = request;
    const allowance = await this.#rateLimit.take(actor ? `${actor.kind}:${actor.id}` : `address:${clientNetwork(ip)}`);
    void reply.headers(allowanceFields(allowance));
    if (allowance.admitted) return;
    const detail = `No more than ${allowance.limit} requests a minute; the next one is heard in ${allowance.resetSeconds} seconds`;
    throw new ProblemException('too-many-requests', detail, { retryAfterSeconds: allowance.resetSeconds });
  }
}

/** What an Authorization field of the scheme Bearer shows (RFC 6750 §2.1), whether it can be a key or not. */
function bearerOf(authorization: string | undefined): string | undefined {
  return /^Bearer(?![^ ])(.*)$/i.exec(authorization ?? '')?.[1]?.trim();
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value;
}
