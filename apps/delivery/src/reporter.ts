import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { type Configuration, loadSecret } from '@postern/configuration';
import { type DeliveryContext, workArrived } from '@postern/delivery';
import type { Store } from '@postern/prisma-store';
import { UNRESOLVED_QUEUE } from '@postern/queue';
import { keepReporting } from '@postern/reports';
import { deriveKeys } from '@postern/sealing';
import { ownMailSigner, SigningDirectory } from '@postern/sending-domain';
import { CONFIGURATION, CONTEXT, STOPPING, STORE } from './tokens.ts';

const EVERY_MS = 1_000;

/** Tells senders what became of their mail, and keeps what bounces teach about addresses. */
@Injectable()
export class Reporter implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #configuration: Configuration;
  readonly #context: DeliveryContext;
  readonly #store: Store;
  readonly #stopping: AbortController;
  #reporting: Promise<void> | undefined;

  constructor(
    @Inject(CONFIGURATION) configuration: Configuration,
    @Inject(CONTEXT) context: DeliveryContext,
    @Inject(STORE) store: Store,
    @Inject(STOPPING) stopping: AbortController,
  ) {
    this.#configuration = configuration;
    this.#context = context;
    this.#store = store;
    this.#stopping = stopping;
  }

  onApplicationBootstrap(): void {
    const { clock, log, settings } = this.#context;
    const { hostname } = this.#configuration;
    const { sealKey } = deriveKeys(loadSecret(this.#configuration));
    const signing = new SigningDirectory({ store: this.#store.signing, clock, sealKey, log });
    this.#reporting = keepReporting(
      {
        store: this.#store.bounces,
        clock,
        log,
        hostname,
        signer: () => ownMailSigner(signing, hostname),
        schedule: settings.schedule,
        accepted: () => workArrived([UNRESOLVED_QUEUE], this.#context),
      },
      { everyMs: EVERY_MS, signal: this.#stopping.signal },
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping.abort();
    await this.#reporting;
  }
}
