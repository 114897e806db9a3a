import type { WaitingFor } from '@postern/smtp-server';

/** How long a client may take. Each is for a whole record (a line, a handshake, a block), not for one read of it. */
export interface ServerTimeouts {
  /** A command line (RFC 5321 §4.5.3.2.7: at least 5 minutes). */
  readonly commandMs: number;
  /** The same when connections are nearly exhausted, for clients that have not authenticated and have no transaction open. */
  readonly stressedCommandMs: number;
  /** An answer to a challenge of AUTH. */
  readonly authenticationMs: number;
  readonly handshakeMs: number;
  /** Between two blocks of content (RFC 5321 §4.5.3.2.5: 3 minutes), and for the client to read what we send. */
  readonly blockMs: number;
  /** From then on, content must have come at `minContentOctetsPerSecond` on average. */
  readonly contentGraceMs: number;
  readonly minContentOctetsPerSecond: number;
  /** A line with a bare LF: its sender believes that it has ended. */
  readonly bareLineFeedMs: number;
  /** After our last reply, for the client to read it and close. */
  readonly lingerMs: number;
}

const MINUTE = 60_000;

export const DEFAULT_SERVER_TIMEOUTS: ServerTimeouts = Object.freeze({
  commandMs: 5 * MINUTE,
  stressedCommandMs: 10_000,
  authenticationMs: 2 * MINUTE,
  handshakeMs: 30_000,
  blockMs: 3 * MINUTE,
  contentGraceMs: 3 * MINUTE,
  minContentOctetsPerSecond: 512,
  bareLineFeedMs: 5_000,
  lingerMs: 2_000,
});

/** What a connection is at, as seen at one tick. */
export interface Sight {
  /** `closing`: our last reply is on its way. */
  readonly waitingFor: WaitingFor | 'closing';
  /** Changes when a record is complete. */
  readonly records: number;
  /** Octets received so far. */
  readonly octets: number;
  /** Octets that we have sent and the client has not taken yet. */
  readonly unsent: number;
  readonly hasBareLineFeed: boolean;
  readonly stressed: boolean;
}

export type Verdict = 'wait' | 'timed-out' | 'bare-line-feed' | 'drop';

/**
 * Counts a client's time, tick by tick, and says when it is up. Time in which we are at work, or hold the client back,
 * is not the client's.
 */
export class Patience {
  readonly #timeouts: ServerTimeouts;
  #last: Sight | undefined;
  #recordMs = 0;
  #recordOctets = 0;
  #silentMs = 0;
  #unsentMs = 0;

  constructor(timeouts: ServerTimeouts) {
    this.#timeouts = timeouts;
  }

  tick(sight: Sight, elapsedMs: number): Verdict {
    const last = this.#last;
    this.#last = sight;
    if (
      !last ||
      last.records !== sight.records ||
      (last.waitingFor === 'closing') !== (sight.waitingFor === 'closing')
    ) {
      this.#recordMs = 0;
      this.#silentMs = 0;
      this.#recordOctets = sight.octets;
    } else if (sight.waitingFor !== 'us') {
      this.#recordMs += elapsedMs;
      this.#silentMs = last.octets === sight.octets ? this.#silentMs + elapsedMs : 0;
    }
    this.#unsentMs = last && sight.unsent > 0 && sight.unsent >= last.unsent ? this.#unsentMs + elapsedMs : 0;
    return this.#unsentMs > this.#timeouts.blockMs ? 'drop' : this.#judge(sight);
  }

  #judge(sight: Sight): Verdict {
    const { commandMs, stressedCommandMs, authenticationMs, handshakeMs, bareLineFeedMs, lingerMs } = this.#timeouts;
    switch (sight.waitingFor) {
      case 'us':
        return 'wait';
      case 'command':
        if (sight.hasBareLineFeed && this.#recordMs > bareLineFeedMs) return 'bare-line-feed';
        return this.#recordMs > (sight.stressed ? stressedCommandMs : commandMs) ? 'timed-out' : 'wait';
      case 'authentication':
        return this.#recordMs > authenticationMs ? 'timed-out' : 'wait';
      case 'content':
        return this.#silentMs > this.#timeouts.blockMs || this.#isTooSlow(sight) ? 'timed-out' : 'wait';
      case 'tls':
        return this.#recordMs > handshakeMs ? 'drop' : 'wait';
      case 'closing':
        return this.#recordMs > lingerMs ? 'drop' : 'wait';
    }
  }

  #isTooSlow({ octets }: Sight): boolean {
    const { contentGraceMs, minContentOctetsPerSecond } = this.#timeouts;
    const expected = (this.#recordMs / 1000) * minContentOctetsPerSecond;
    return this.#recordMs > contentGraceMs && octets - this.#recordOctets < expected;
  }
}

/** How often to tick, so that the shortest of the times is kept well. */
export function tickMsFor(timeouts: ServerTimeouts): number {
  const { minContentOctetsPerSecond: _, ...times } = timeouts;
  return Math.min(1000, Math.max(10, Math.floor(Math.min(...Object.values(times)) / 4)));
}
