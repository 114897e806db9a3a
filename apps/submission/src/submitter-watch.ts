import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Logger } from '@postern/observability';
import type { Store } from '@postern/prisma-store';
import {
  type AbuseGuard,
  type Clients,
  type GuessGuard,
  type OpenSessions,
  type RateLimiter,
  stillUsable,
} from '@postern/submission';
import { systemClock } from '@postern/queue';
import { CLIENTS, GUARD, GUESSES, LOG, RATES, SESSIONS, STORE } from './tokens.ts';

/** Well within the lease of sessions. */
const KEEP_MS = 5_000;
/** What fails at one process counts at the others so much later. */
const SHARE_MS = 1_000;
const BOUNCES_MS = 60_000;

/** Makes changes of credentials and listed networks count at once: what is remembered is forgotten, sessions are ended. */
@Injectable()
export class SubmitterWatch implements OnModuleInit, OnModuleDestroy {
  readonly #store: Store;
  readonly #clients: Clients;
  readonly #sessions: OpenSessions;
  readonly #rates: RateLimiter;
  readonly #guesses: GuessGuard;
  readonly #guard: AbuseGuard;
  readonly #log: Logger;
  #stop: () => void = () => undefined;
  #timers: readonly NodeJS.Timeout[] = [];

  constructor(
    @Inject(STORE) store: Store,
    @Inject(CLIENTS) clients: Clients,
    @Inject(SESSIONS) sessions: OpenSessions,
    @Inject(RATES) rates: RateLimiter,
    @Inject(GUESSES) guesses: GuessGuard,
    @Inject(GUARD) guard: AbuseGuard,
    @Inject(LOG) log: Logger,
  ) {
    this.#store = store;
    this.#clients = clients;
    this.#sessions = sessions;
    this.#rates = rates;
    this.#guesses = guesses;
    this.#guard = guard;
    this.#log = log;
  }

  onModuleInit(): void {
    this.#stop = this.#store.onSubmitterChange((id) => void this.#changed(id));
    this.#timers = [
      setInterval(() => void this.#keep(), KEEP_MS),
      setInterval(() => void this.#guesses.share(), SHARE_MS),
      setInterval(() => void this.#guard.share(), SHARE_MS),
      setInterval(() => void this.#guard.lookAtBounces(), BOUNCES_MS),
    ];
  }

  onModuleDestroy(): void {
    this.#stop();
    for (const timer of this.#timers) clearInterval(timer);
  }

  async #changed(id: string | undefined): Promise<void> {
    this.#clients.forget();
    this.#rates.forget();
    this.#guard.forget(id);
    try {
      const usable = stillUsable(this.#clients, systemClock);
      const ended = await this.#sessions.recheck(id, usable);
      if (ended > 0)
        this.#log.info({ submitter: id, sessions: ended }, 'sessions ended, their permission was withdrawn');
    } catch (cause) {
      this.#log.warn({ err: cause }, 'sessions not looked at again, their next message is');
    }
  }

  async #keep(): Promise<void> {
    await this.#sessions
      .keep()
      .catch((cause: unknown) => this.#log.warn({ err: cause }, 'open sessions not told, their limits may not hold'));
  }
}
