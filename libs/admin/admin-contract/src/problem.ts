import { z } from 'zod';

/** Every kind of problem that the API answers, with its status and title (RFC 9457 §3.1). */
export const PROBLEMS = {
  'invalid-request': { status: 400, title: 'The request is not understood' },
  'not-signed-in': { status: 401, title: 'Sign in first' },
  'sign-in-refused': { status: 401, title: 'E-mail address or password is wrong' },
  'second-step-needed': { status: 401, title: 'Show that it is you a second time' },
  forbidden: { status: 403, title: 'Not allowed' },
  'cross-site-request': { status: 403, title: 'The request comes from another site' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'method-not-allowed': { status: 405, title: 'The method does not apply here' },
  conflict: { status: 409, title: 'It is not in the state for this' },
  'precondition-failed': { status: 412, title: 'It was changed in the meantime' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'Send application/json' },
  'key-reused': { status: 422, title: 'The idempotency key was given with another request' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'internal-fault': { status: 500, title: 'A fault on our side' },
  'store-unavailable': { status: 503, title: 'The database does not answer' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** The media type of a problem (RFC 9457 §3). */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** The `type` of a problem: a reference that answers, relative to the API's own origin (RFC 9457 §3.1.1). */
export function problemType(code: ProblemCode): string {
  return `/api/problems/${code}`;
}

/** One field that is not as it should be. */
export const fieldFault = z.object({
  /** Where in the request: `body.senderRules.0`, `query.limit`. */
  field: z.string(),
  message: z.string(),
});
export type FieldFault = z.output<typeof fieldFault>;

/** Who did what to a thing, and when: as the audit tells it. */
export const changeTold = z.object({ at: z.iso.datetime(), by: z.string(), action: z.string() });
export type ChangeTold = z.output<typeof changeTold>;

/** A problem (RFC 9457 §3), with the fields that are at fault when it is they. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    errors: z.array(fieldFault).optional(),
    /** What was done last to a thing that was changed in the meantime, the latest first. */
    changes: z.array(changeTold).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.output<typeof problem>;

/** Makes a problem of a kind. */
export function newProblem(code: ProblemCode, detail: string, errors?: readonly FieldFault[]): Problem {
  const { status, title } = PROBLEMS[code];
  return { type: problemType(code), title, status, detail, code, ...(errors ? { errors: [...errors] } : {}) };
}

/** The largest body that the API reads, in octets. */
export const MOST_BODY_OCTETS = 1024 * 1024;

/** What is answered to a body that is larger. */
export function bodyTooLarge(): Problem {
  const message = 'The body may have 1 MiB at most';
  return newProblem('too-large', message, [{ field: 'body', message }]);
}
