/** Failed authentications, shared by all processes. All reject with StoreUnavailable when the store does not answer. */
export interface GuessStore {
  /** Adds failures; answers what of these keys is blocked now. */
  noteFailures(failures: readonly Failures[]): Promise<readonly Block[]>;

  /** Everything that is blocked now. */
  blocks(): Promise<readonly Block[]>;

  /** Forgets failures that count for nothing any more, and blocks that have ended. */
  forgetOldFailures(): Promise<void>;
}

export interface Failures extends GuessLimit {
  /** What the failures count for: `address:192.0.2.1`, `network:192.0.2.0/24`, `name:app1`. */
  readonly key: string;
  readonly failures: number;
}

export interface Block {
  readonly key: string;
  readonly until: Date;
}

/** How many failures in which time block what, and for how long. */
export interface GuessLimit {
  readonly most: number;
  readonly spanMinutes: number;
  readonly blockMinutes: number;
}

/** One address may be a whole company behind a translator, and a name may be guessed at from everywhere. */
export const GUESS_LIMITS = Object.freeze({
  address: { most: 100, spanMinutes: 15, blockMinutes: 15 },
  network: { most: 300, spanMinutes: 15, blockMinutes: 15 },
  name: { most: 100, spanMinutes: 60, blockMinutes: 60 },
} satisfies Record<string, GuessLimit>);
