/** Takes mail in: decides, repairs, commits in groups. */
export { Clients } from './clients.ts';
export {
  DEFAULT_SUBMISSION_LIMITS,
  type SubmissionContext,
  type SubmissionLimits,
  type SubmissionLog,
} from './context.ts';
export { GroupCommit, type GroupCommitOptions } from './group-commit.ts';
export { AbuseGuard } from './guard/abuse-guard.ts';
export { GuessGuard } from './guesses/guess-guard.ts';
export { OpenSessions } from './limits/open-sessions.ts';
export { RateLimiter, type Reservation, type Standing } from './limits/rate-limiter.ts';
export { submissionPolicy } from './policy.ts';
export { SiteDirectory } from './site-directory.ts';
export { stillUsable } from './still-usable.ts';
export type { Submitter } from './submitter.ts';
export type { TokenVerdict, TokenVerifier } from './token-verifier.ts';
export { Turns } from './turns.ts';
export * from './refuse-suppressed.ts';
export * from './suppressions.ts';
