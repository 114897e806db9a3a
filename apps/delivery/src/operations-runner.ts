import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from '@postern/observability';
import type { Store } from '@postern/prisma-store';
import { LOG, STOPPING, STORE } from './tokens.ts';

/** How often it is looked whether there is something to do. */
const LOOK_MS = 1_000;
/** A batch may take so much of the time; the rest is for mail. */
const SHARE = 0.6;

/** Works on the operations that operators asked for: a batch at a time, beside delivery. */
@Injectable()
export class OperationsRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #store: Store;
  readonly #log: Logger;
  readonly #stopping: AbortController;
  #running: Promise<void> | undefined;

  constructor(@Inject(STORE) store: Store, @Inject(LOG) log: Logger, @Inject(STOPPING) stopping: AbortController) {
    this.#store = store;
    this.#log = log;
    this.#stopping = stopping;
  }

  onApplicationBootstrap(): void {
    this.#running = this.#run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const started = performance.now();
      const worked = await this.#work();
      const tookMs = performance.now() - started;
      await pause(worked ? tookMs * (1 / SHARE - 1) : LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #work(): Promise<boolean> {
    try {
      const worked = await this.#store.admin.workOnOperations();
      if (!worked) return false;
      await this.#store.notifyWork(worked.queues);
      return true;
    } catch (cause) {
      this.#log.warn({ err: cause }, 'operations stand still, they go on later');
      return false;
    }
  }
}
