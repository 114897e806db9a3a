import { newProblem, type ChangeTold, type FieldFault, type Problem, type ProblemCode } from '@postern/admin-contract';
import type { Outcome } from '@postern/administration';

/** Ends a request with a problem; the filter answers it. */
export class ProblemException extends Error {
  override readonly name = 'ProblemException';
  readonly problem: Problem;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ProblemCode,
    detail: string,
    more: {
      readonly errors?: readonly FieldFault[];
      readonly retryAfterSeconds?: number;
      readonly changes?: readonly ChangeTold[];
    } = {},
  ) {
    super(detail);
    const problem = newProblem(code, detail, more.errors);
    this.problem = more.changes ? { ...problem, changes: [...more.changes] } : problem;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

/** What a verb answered; a refusal becomes the problem of its code. */
export function answerOf<T>(outcome: Outcome<T>): T {
  if ('ok' in outcome) return outcome.ok;
  const { code, detail, errors } = outcome.refused;
  throw new ProblemException(code, detail, errors ? { errors } : {});
}
