import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { type DeliveryContext, keepSweeping, workArrived } from '@postern/delivery';
import type { Store } from '@postern/prisma-store';
import { CONTEXT, STOPPING, STORE } from './tokens.ts';

const SWEEP_MS = 2_000;

/** Keeps lanes awake: by the nudges of who accepts mail, and by a sweep that makes up for every nudge that was lost. */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #context: DeliveryContext;
  readonly #store: Store;
  readonly #stopping: AbortController;
  #sweeping: Promise<void> | undefined;

  constructor(
    @Inject(CONTEXT) context: DeliveryContext,
    @Inject(STORE) store: Store,
    @Inject(STOPPING) stopping: AbortController,
  ) {
    this.#context = context;
    this.#store = store;
    this.#stopping = stopping;
  }

  onApplicationBootstrap(): void {
    this.#store.onWork((queueIds) => workArrived(queueIds, this.#context));
    this.#sweeping = keepSweeping(this.#context, { everyMs: SWEEP_MS, signal: this.#stopping.signal });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping.abort();
    await this.#sweeping;
  }
}
