import type { Route } from '@postern/admin-contract';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import type { Sessions } from '../accounts/sessions.ts';
import { isCrossSite } from './cross-site.ts';
import { ProblemException } from './problem.exception.ts';
import { clientOf, type ApiRequest } from './request.ts';

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

  constructor(reflector: Reflector, sessions: Sessions) {
    this.#reflector = reflector;
    this.#sessions = sessions;
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
    const signedIn = await this.#sessions.whoIs(clientOf(request));
    if (!signedIn) throw new ProblemException('not-signed-in', 'There is no session, or it has ended');
    request.signedIn = signedIn;
    const { setCookies } = signedIn;
    if (setCookies.length > 0)
      void context
        .switchToHttp()
        .getResponse<FastifyReply>()
        .header('set-cookie', [...setCookies]);
    return true;
  }
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value;
}
