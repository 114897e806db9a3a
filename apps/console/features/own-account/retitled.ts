import type { Result } from '@postern/admin-client';

/** An answer whose refusal says what was wrong here, and not what is said at signing in. */
export function retitled<T>(result: Result<T>, title: string): Result<T> {
  if (!('problem' in result) || result.problem.code !== 'sign-in-refused') return result;
  return { problem: { ...result.problem, title, detail: 'Try again; after some failed tries it takes a while.' } };
}
