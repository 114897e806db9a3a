import { type Block, type Failures, GUESS_LIMITS, type GuessStore, networkOf } from '@postern/credentials';
import type { Clock } from '@postern/queue';
import type { SessionHandle } from '@postern/smtp-server';

/** A try to authenticate. */
export interface Try {
  readonly session: SessionHandle;
  readonly address: string;
  /** The name that was tried, as it was given; undefined when the mechanism gives none. */
  readonly name: string | undefined;
}

/** What a failed try is answered after so long: with its own reply, or with 421 and the end of the connection. */
export interface Penalty {
  readonly delayMs: number;
  readonly hangUp: boolean;
}

const FIRST_DELAY_MS = 100;
const BLOCKED_DELAY_MS = 2_000;
/** Tries of one blocked network that may wait for their answer at the same time; of more nobody is heard whom it is not usual for. */
const MAX_WAITING = 50;
const MAX_KEYS = 20_000;
/** Names are bounded before they become keys. */
const MAX_NAME_LENGTH = 64;

/**
 * Makes guessing slow, for one connection, one address, one network and one name, over all processes.
 *
 * A failed try is answered later and later; from an address, a network or for a name of which too many have failed, it is
 * answered with 421. The right secret is heard all the same: our secrets have 160 random bits, so nobody guesses one,
 * and whoever could lock a credential by guessing at it would do just that (docs/adr/0041).
 */
export class GuessGuard {
  readonly #store: GuessStore;
  readonly #clock: Clock;
  readonly #onFault: (cause: unknown) => void;
  readonly #bySession = new WeakMap<SessionHandle, number>();
  readonly #waiting = new Map<string, number>();
  readonly #blocked = new Map<string, number>();
  #failures = new Map<string, Failures>();

  constructor(options: {
    readonly store: GuessStore;
    readonly clock: Clock;
    readonly onFault: (cause: unknown) => void;
  }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#onFault = options.onFault;
  }

  /** Whether so many from there wait for the answer to a wrong guess that this try is not heard. */
  isCrowded({ address }: Try): boolean {
    return (this.#waiting.get(networkOf(address)) ?? 0) >= MAX_WAITING;
  }

  /** Notes that a try failed. Whether there is a credential of that name makes no difference. */
  failed(tried: Try): Penalty {
    const keys = keysOf(tried);
    for (const { key, limit } of keys) {
      const known = this.#failures.get(key);
      if (known || this.#failures.size < MAX_KEYS)
        this.#failures.set(key, { key, ...limit, failures: (known?.failures ?? 0) + 1 });
    }
    const inSession = (this.#bySession.get(tried.session) ?? 0) + 1;
    this.#bySession.set(tried.session, inSession);
    const now = this.#clock.now().getTime();
    const hangUp = keys.some(({ key }) => (this.#blocked.get(key) ?? 0) > now);
    return {
      hangUp,
      delayMs: hangUp ? BLOCKED_DELAY_MS : Math.min(BLOCKED_DELAY_MS, FIRST_DELAY_MS * 2 ** (inSession - 1)),
    };
  }

  /** Waits as long as a penalty says, and counts who waits. */
  async serve({ address }: Try, { delayMs }: Penalty): Promise<void> {
    const network = networkOf(address);
    this.#waiting.set(network, (this.#waiting.get(network) ?? 0) + 1);
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    const left = (this.#waiting.get(network) ?? 1) - 1;
    if (left > 0) this.#waiting.set(network, left);
    else this.#waiting.delete(network);
  }

  /** Tells the store what failed here, and learns what is blocked, wherever it failed. To be called every second. */
  async share(): Promise<void> {
    const failures = [...this.#failures.values()];
    this.#failures = new Map();
    try {
      this.#block(await this.#store.noteFailures(failures));
      const blocks = await this.#store.blocks();
      this.#blocked.clear();
      this.#block(blocks);
    } catch (cause) {
      this.#onFault(cause);
    }
  }

  #block(blocks: readonly Block[]): void {
    for (const { key, until } of blocks) this.#blocked.set(key, until.getTime());
  }
}

function keysOf({ address, name }: Try) {
  const keys = [
    { key: `address:${address}`, limit: GUESS_LIMITS.address },
    { key: `network:${networkOf(address)}`, limit: GUESS_LIMITS.network },
  ];
  if (name !== undefined && name.length <= MAX_NAME_LENGTH)
    keys.push({ key: `name:${name.toLowerCase()}`, limit: GUESS_LIMITS.name });
  return keys;
}
