import type { SubmitterLimits } from './limits.ts';

/** What counting needs of the store, the same for credentials and listed networks. All reject with StoreUnavailable. */
export interface SubmitterStore {
  /**
   * Takes from the limits what messages need, each whole or not at all, in the order given; answers one for each. Taken is
   * what was not given back, over all processes; it is as durable as the message that is committed after it.
   */
  reserve(wanted: readonly Wanted[]): Promise<readonly Reserved[]>;

  /** Gives back what messages that were not accepted had taken. */
  giveBack(taken: readonly Taken[]): Promise<void>;

  /** Counts a session in; false: as many as may be open are open. */
  enterSession(session: SessionOf & { readonly most: number }): Promise<boolean>;

  /** Counts a session out. */
  leaveSession(session: SessionOf): Promise<void>;

  /** Says which sessions a process has open; those of a process that says nothing for `SESSION_LEASE_SECONDS` are forgotten. */
  keepSessions(processId: string, sessions: ReadonlyMap<string, number>): Promise<void>;
}

/** How long sessions are counted after their process was last heard of. */
export const SESSION_LEASE_SECONDS = 20;

export interface Wanted {
  readonly submitterId: string;
  readonly limits: SubmitterLimits;
  /** None of both: what is left is asked for. */
  readonly messages: number;
  readonly recipients: number;
}

export interface Reserved {
  readonly granted: boolean;
  /** When it was taken, for giving it back: microseconds since 1970 by the store's clock. */
  readonly atMicros: number;
  /** In how many seconds it would be granted, or one more when it was; 0: now. */
  readonly waitSeconds: number;
  readonly messagesLeft: number;
  readonly recipientsLeft: number;
}

export interface Taken {
  readonly submitterId: string;
  readonly atMicros: number;
  readonly messages: number;
  readonly recipients: number;
}

export interface SessionOf {
  readonly submitterId: string;
  readonly processId: string;
}
