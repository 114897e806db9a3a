import type { FastifyRequest } from 'fastify';
import type { Client, SignedIn } from '../accounts/sessions.ts';
import { ProblemException } from './problem.exception.ts';

/** A request, with who is signed in once the gate knows. */
export interface ApiRequest extends FastifyRequest {
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

/** Who is signed in; the gate has let nobody else through. */
export function signedInOf(request: ApiRequest): SignedIn {
  if (!request.signedIn) throw new ProblemException('not-signed-in', 'There is no session');
  return request.signedIn;
}
