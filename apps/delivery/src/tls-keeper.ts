import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { type Configuration, loadSecret } from '@postern/configuration';
import { type DeliveryContext, workArrived } from '@postern/delivery';
import { hasValidatingResolver } from '@postern/dns-resolver';
import type { Logger } from '@postern/observability';
import { type Reach, reportPosterOf } from '@postern/outbound';
import type { Store } from '@postern/prisma-store';
import { systemClock, UNRESOLVED_QUEUE } from '@postern/queue';
import { deriveKeys } from '@postern/sealing';
import { SigningDirectory } from '@postern/sending-domain';
import { keepTlsReporting, type SessionResults } from '@postern/tls-reporting';
import { CONFIGURATION, CONTEXT, LOG, REACH, RESULTS, STOPPING, STORE } from './tokens.ts';

const FLUSH_MS = 5_000;
const REPORT_MS = 10 * 60_000;
const REFRESH_MS = 10 * 60_000;
/** RFC 8460 §4.1: reports leave within four hours after the day, each at a time of its own. */
const SPREAD_MS = 4 * 3_600_000;

/** Keeps policies fresh, counts what came of TLS and reports it, and says when DANE cannot be. */
@Injectable()
export class TlsKeeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #configuration: Configuration;
  readonly #context: DeliveryContext;
  readonly #reach: Reach;
  readonly #results: SessionResults;
  readonly #store: Store;
  readonly #log: Logger;
  readonly #stopping: AbortController;
  #reporting: Promise<void> | undefined;
  #refreshing: NodeJS.Timeout | undefined;

  constructor(
    @Inject(CONFIGURATION) configuration: Configuration,
    @Inject(CONTEXT) context: DeliveryContext,
    @Inject(REACH) reach: Reach,
    @Inject(RESULTS) results: SessionResults,
    @Inject(STORE) store: Store,
    @Inject(LOG) log: Logger,
    @Inject(STOPPING) stopping: AbortController,
  ) {
    this.#configuration = configuration;
    this.#context = context;
    this.#reach = reach;
    this.#results = results;
    this.#store = store;
    this.#log = log;
    this.#stopping = stopping;
  }

  onApplicationBootstrap(): void {
    const { hostname } = this.#configuration;
    const { resolver } = this.#reach;
    const { sealKey } = deriveKeys(loadSecret(this.#configuration));
    void this.#sayWhetherDane();
    this.#refreshing = setInterval(() => void this.#refresh(), REFRESH_MS).unref();
    this.#reporting = keepTlsReporting(
      {
        store: this.#store.tlsReports,
        results: this.#results,
        resolver,
        post: reportPosterOf(this.#reach),
        signing: new SigningDirectory({ store: this.#store.signing, clock: systemClock, sealKey, log: this.#log }),
        hostname,
        submitter: hostname,
        contact: `postmaster@${hostname}`,
        now: () => new Date(),
        random: Math.random,
        spreadMs: SPREAD_MS,
        accepted: () => workArrived([UNRESOLVED_QUEUE], this.#context),
        log: this.#log,
      },
      { flushMs: FLUSH_MS, reportMs: REPORT_MS, signal: this.#stopping.signal },
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping.abort();
    clearInterval(this.#refreshing);
    await this.#reporting;
  }

  async #sayWhetherDane(): Promise<void> {
    const { believed, because } = await hasValidatingResolver(this.#reach.resolver);
    if (believed) this.#log.info({ because }, 'DANE is on');
    else this.#log.warn({ because }, 'DANE is off');
  }

  async #refresh(): Promise<void> {
    try {
      await this.#reach.policies.stsPolicies.refreshDue();
    } catch (cause) {
      this.#log.warn({ err: cause }, 'MTA-STS policies not refreshed');
    }
  }
}
