import type { Carrier } from './carrier.ts';

/** While we are busy the client may be ahead of us by so much: enough that it rarely stops, since to start again takes it a delayed ACK. */
const MAX_PENDING_OCTETS = 128 * 1024;

/** Keeps a client that is ahead of us from filling our memory: what waits for too long waits in the kernel. */
export class Throttle {
  readonly #carrier: Pick<Carrier, 'pause' | 'resume'>;
  #paused = false;

  constructor(carrier: Pick<Carrier, 'pause' | 'resume'>) {
    this.#carrier = carrier;
  }

  /** To be told whenever something has come or was read. A sink that is behind holds enough already. */
  balance(now: { readonly busy: boolean; readonly pendingOctets: number; readonly sinkIsBehind: boolean }): void {
    const shouldPause = now.busy && now.pendingOctets > (now.sinkIsBehind ? 0 : MAX_PENDING_OCTETS);
    if (shouldPause === this.#paused) return;
    this.#paused = shouldPause;
    if (shouldPause) this.#carrier.pause();
    else this.#carrier.resume();
  }
}
