import { setTimeout as pause } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type AlarmBackend, tidyAlarmBackend } from '@postern/bullmq-queue';
import type { Logger } from '@postern/observability';

const EVERY_MS = 60_000;

/** Takes away every minute what BullMQ leaves behind in its backend. */
@Injectable()
export class AlarmKeeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #backend: AlarmBackend;
  readonly #stopping: AbortController;
  readonly #log: Logger;
  #keeping: Promise<void> | undefined;

  constructor(backend: AlarmBackend, stopping: AbortController, log: Logger) {
    this.#backend = backend;
    this.#stopping = stopping;
    this.#log = log;
  }

  onApplicationBootstrap(): void {
    this.#keeping = this.#keep(this.#stopping.signal);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping.abort();
    await this.#keeping;
  }

  async #keep(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await tidyAlarmBackend(this.#backend);
      } catch (cause) {
        this.#log.warn({ err: cause }, 'alarm clock does not answer, what it leaves behind is taken away later');
      }
      await pause(EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}
