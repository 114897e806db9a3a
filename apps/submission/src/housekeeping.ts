import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Logger } from '@postern/observability';
import type { Store } from '@postern/prisma-store';
import type { Clients } from '@postern/submission';
import { CLIENTS, LOG, STORE } from './tokens.ts';

const EVERY_MS = 10_000;
/** No session takes longer to hand in one message. */
const ABANDONED_MS = 60 * 60_000;

/** What has to be done from time to time: noting when credentials were used, forgetting content that was never accepted. */
@Injectable()
export class Housekeeping implements OnModuleInit, OnModuleDestroy {
  readonly #store: Store;
  readonly #clients: Clients;
  readonly #log: Logger;
  #timer: NodeJS.Timeout | undefined;

  constructor(@Inject(STORE) store: Store, @Inject(CLIENTS) clients: Clients, @Inject(LOG) log: Logger) {
    this.#store = store;
    this.#clients = clients;
    this.#log = log;
  }

  onModuleInit(): void {
    this.#timer = setInterval(() => void this.#tidy(), EVERY_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.#timer);
    await this.#tidy();
  }

  async #tidy(): Promise<void> {
    try {
      await this.#clients.writeUses();
      await this.#store.accept.discardAbandoned(ABANDONED_MS);
      await this.#store.credentials.retireUnusedSecrets();
      await this.#store.guesses.forgetOldFailures();
      await this.#store.guard.forgetOldHours();
    } catch (cause) {
      this.#log.warn({ err: cause }, 'housekeeping put off');
    }
  }
}
