import type { Route } from '@postern/admin-contract';
import type { Actor } from '@postern/administration';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import type { Sessions } from '../accounts/sessions.ts';
import { isCrossSite } from './cross-site.ts';
import { ProblemException } from './problem.exception.ts';
import { clientOf, type ApiRequest } from './request.ts';

/** Who asks with an API key; undefined when it is none that holds. */
export type ApiKeys = (given: { readonly key: string; readonly address: string }) => Promise<Actor | undefined>;

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

  constructor(reflector: Reflector, { sessions, apiKeys }: { readonly sessions: Sessions; readonly apiKeys: ApiKeys }) {
    this.#reflector = reflector;
    this.#sessions = sessions;
    this.#apiKeys = apiKeys;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const route = this.#reflector.get(ServedRoute, context.getHandler());
    if (!route) return true;
    const request = context.switchToHttp().getRequest<ApiRequest>();
    const { host, origin, 'sec-fetch-site': secFetchSite } = request.headers;
    if (isCrossSite({ method: request.method, host, origin, secFetchSite: single(secFetchSite) })) {
      throw new ProblemException('cross-site-request', 'It was made by a page of another site');
    }
    if (route.permission === 'anyone') return true;
    const key = bearerOf(request.headers.authorization);
    if (key !== undefined) {
      // What a request shows counts, and nothing else of it: a key that is wrong is not made good by a cookie.
      const actor = await this.#apiKeys({ key, address: request.ip });
      if (!actor) throw new ProblemException('not-signed-in', 'There is no such API key, or it has ended');
      request.actor = actor;
      return true;
    }
    const signedIn = await this.#sessions.whoIs(clientOf(request));
    if (!signedIn) throw new ProblemException('not-signed-in', 'There is no session, or it has ended');
    request.signedIn = signedIn;
    request.actor = signedIn.actor;
    const { setCookies } = signedIn;
    if (setCookies.length > 0)
      void context
        .switchToHttp()
        .getResponse<FastifyReply>()
        .header('set-cookie', [...setCookies]);
    return true;
  }
}

/** The token of an Authorization field of the scheme Bearer (RFC 6750 §2.1). */
function bearerOf(authorization: string | undefined): string | undefined {
  return /^Bearer +(\S{1,200}) *$/i.exec(authorization ?? '')?.[1];
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value;
}
