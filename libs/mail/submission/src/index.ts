/** Takes mail in: decides, repairs, commits in groups. */
export { Clients } from './clients.ts';
export {
  DEFAULT_SUBMISSION_LIMITS,
  type SubmissionContext,
  type SubmissionLimits,
  type SubmissionLog,
} from './context.ts';
export { GroupCommit, type GroupCommitOptions } from './group-commit.ts';
export { submissionPolicy } from './policy.ts';
export { SiteDirectory } from './site-directory.ts';
export type { Submitter } from './submitter.ts';
export { Turns } from './turns.ts';
