import type { ParsedRequestOf, Route } from '@postern/admin-contract';
import { parseRequest } from '@postern/administration';
import { ProblemException } from '../gate/problem.exception.ts';
import type { ApiRequest } from '../gate/request.ts';

/** A request as its route wants it; else the problem that names what is wrong. */
export function parsed<R extends Route>(route: R, { params, query, body }: ApiRequest): ParsedRequestOf<R> {
  const reading = parseRequest(route, { params, query, body });
  if ('request' in reading) return reading.request;
  const detail = reading.errors.map(({ field, message }) => `${field}: ${message}`).join('; ');
  throw new ProblemException('invalid-request', detail, { errors: reading.errors });
}
