import type { Actor } from '@postern/administration';
import type { FastifyRequest } from 'fastify';
import type { Client, SignedIn } from '../accounts/sessions.ts';
import { ProblemException } from './problem.exception.ts';

/** A request, with who asks once the gate knows: a person who is signed in, or a program with an API key. */
export interface ApiRequest extends FastifyRequest {
  actor?: Actor;
  signedIn?: SignedIn;
}

/** What of a request the sessions need to know. */
export function clientOf(request: FastifyRequest): Client {
  return {
    cookie: request.headers.cookie,
    address: request.ip,
    userAgent: request.headers['user-agent'],
    secure: request.protocol === 'https',
  };
}

/** Who asks; the gate has let nobody else through. */
export function actorOf(request: ApiRequest): Actor {
  if (!request.actor) throw new ProblemException('not-signed-in', 'There is no session');
  return request.actor;
}

/** Who is signed in; a program with an API key is not. */
export function signedInOf(request: ApiRequest): SignedIn {
  if (request.actor?.kind === 'api-key') throw new ProblemException('forbidden', 'An API key has no session');
  if (!request.signedIn) throw new ProblemException('not-signed-in', 'There is no session');
  return request.signedIn;
}
