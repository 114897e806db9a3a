import type { Problem } from '@postern/admin-contract';

/** What came of a call: the answer, or the problem in its place. */
export type Result<T> = Answer<T> | Failure;

export interface Answer<T> {
  readonly ok: T;
  /** The headers of the response: a session's cookie comes here. */
  readonly headers: Headers;
}

export interface Failure {
  readonly problem: Problem;
}

/** The code of the problem when no answer came at all, or one that is not the API's. */
export const UNREACHABLE = 'unreachable';

/** The problem of an API that does not answer. */
export function unreachable(detail: string): Failure {
  return {
    problem: { type: 'about:blank', title: 'The admin API does not answer', status: 503, detail, code: UNREACHABLE },
  };
}
