import type { AdminStore, Context } from '@postern/administration';
import type { EventLoopWatch, Logger, Metrics } from '@postern/observability';
import type { RelyingParty } from './accounts/relying-party.ts';
import type { SecondFactors } from './accounts/second-factors.ts';
import type { SingleSignOn } from './accounts/single-sign-on.ts';
import type { Sessions } from './accounts/sessions.ts';
import type { RateLimit } from './requests/rate-limit.ts';
import type { LiveChanges } from './stream/live-changes.ts';

/** What the API is made of; `startApi` makes it, and the module hands it to the controllers. */
export interface ApiParts {
  readonly context: Omit<Context, 'actor'>;
  readonly store: AdminStore;
  /** Runs work in one transaction: what the store and the library of accounts change in it stands or falls together. */
  readonly together: <T>(work: () => Promise<T>) => Promise<T>;
  readonly sessions: Sessions;
  readonly secondFactors: SecondFactors;
  readonly singleSignOn: SingleSignOn | undefined;
  /** Whom passkeys are made for; undefined: there can be none. */
  readonly relyingParty: RelyingParty | undefined;
  readonly rateLimit: RateLimit;
  readonly changes: LiveChanges;
  readonly database: DatabaseCheck;
  readonly eventLoop: Pick<EventLoopWatch, 'blockedLately'>;
  /** How long a client may take nothing of a list that it asked for as a file. */
  readonly mostIdleMs: number;
  readonly metrics: Metrics;
  readonly log: Logger;
}

/** Asks the database for its time. */
export interface DatabaseCheck {
  now(): Promise<Date>;
}

/** The token under which Nest knows the parts. */
export const API_PARTS = Symbol('the parts of the API');
