import type { AcceptStore, Clock, QueueId, RouteRule } from '@postern/queue';
import type { SigningDirectory } from '@postern/sending-domain';
import type { Clients } from './clients.ts';
import type { AbuseGuard } from './guard/abuse-guard.ts';
import type { GuessGuard } from './guesses/guess-guard.ts';
import type { OpenSessions } from './limits/open-sessions.ts';
import type { RateLimiter } from './limits/rate-limiter.ts';
import type { GroupCommit } from './group-commit.ts';
import type { SiteDirectory } from './site-directory.ts';
import type { Turns } from './turns.ts';

/** Where submission tells what happens; pino's logger fits. */
export interface SubmissionLog {
  info(facts: object, event: string): void;
  warn(facts: object, event: string): void;
  error(facts: object, event: string): void;
}

/** Everything that submission reaches the world through. */
export interface SubmissionContext {
  /** Our own name, in Received and Message-ID fields. */
  readonly hostname: string;
  /** Whether our Received fields name the client (RFC 5321 §7.2: it may be nobody's business outside). */
  readonly receivedClient: 'shown' | 'hidden';
  readonly clients: Clients;
  readonly sessions: OpenSessions;
  readonly guesses: GuessGuard;
  readonly guard: AbuseGuard;
  readonly rates: RateLimiter;
  readonly store: AcceptStore;
  readonly commits: Pick<GroupCommit, 'commit'>;
  readonly sites: SiteDirectory;
  /** Whose mail is signed, and with what. */
  readonly signing: Pick<SigningDirectory, 'find'>;
  /** What unsubscribe tokens are made with. */
  readonly unsubscribeKey: Buffer;
  /** Of staging chunks of large contents. */
  readonly turns: Turns;
  /** The routes in their order, as they are now. */
  readonly routes: () => readonly RouteRule[];
  readonly clock: Clock;
  readonly log: SubmissionLog;
  /** Told which delivery queues have got something, after the commit. */
  readonly accepted: (queueIds: ReadonlySet<QueueId>) => void;
  readonly limits: SubmissionLimits;
}

export interface SubmissionLimits {
  readonly maxHeaderOctets: number;
  readonly maxHeaderFields: number;
  /** Contents up to this size are stored with their message; larger ones are staged while they come in. */
  readonly inlineOctets: number;
  /** The size of the chunks of larger ones. */
  readonly chunkOctets: number;
  /** A message that has passed through more hosts is in a loop (RFC 5321 §6.3: at least 100 for a simple count; what is submitted has made few hops). */
  readonly maxReceived: number;
  /** How often a message may have passed through this very gateway. */
  readonly maxOwnReceived: number;
}

export const DEFAULT_SUBMISSION_LIMITS: SubmissionLimits = Object.freeze({
  maxHeaderOctets: 256 * 1024,
  maxHeaderFields: 1_000,
  inlineOctets: 64 * 1024,
  chunkOctets: 64 * 1024,
  maxReceived: 50,
  maxOwnReceived: 3,
});
