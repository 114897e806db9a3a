const FIRST = 10;
const LEAST = 5;
const MOST = 100;
/** What a lane takes at once it should have sent after so long: what waits longer is for other lanes to take. */
const WORTH_MS = 250;

/**
 * How many recipients a lane claims at once: many where a message takes a moment, so that claims are few, and few where it
 * takes long, so that the queue's other lanes get theirs.
 */
export class ClaimSize {
  #recipients = FIRST;

  get recipients(): number {
    return this.#recipients;
  }

  /** Learns from how long so many took to send over a connection that was open. */
  sent(recipients: number, tookMs: number): void {
    const worth = recipients * (WORTH_MS / Math.max(tookMs, 1));
    this.#recipients = Math.round(Math.min(Math.max(worth, LEAST), MOST, this.#recipients * 2));
  }
}
