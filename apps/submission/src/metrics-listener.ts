import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Configuration } from '@postern/configuration';
import { type Logger, type Metrics, type MetricsServer, serveMetrics } from '@postern/observability';
import { CONFIGURATION, LOG, METRICS } from './tokens.ts';

/** Tells the metrics of this process, where the configuration says so. */
@Injectable()
export class MetricsListener implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #configuration: Configuration;
  readonly #metrics: Metrics;
  readonly #log: Logger;
  #server: MetricsServer | undefined;

  constructor(
    @Inject(CONFIGURATION) configuration: Configuration,
    @Inject(METRICS) metrics: Metrics,
    @Inject(LOG) log: Logger,
  ) {
    this.#configuration = configuration;
    this.#metrics = metrics;
    this.#log = log;
  }

  async onApplicationBootstrap(): Promise<void> {
    const addresses = this.#configuration.listen.submissionMetrics;
    this.#server = await serveMetrics({ metrics: this.#metrics, addresses });
    for (const url of this.#server.urls) this.#log.info({ url }, 'metrics told');
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#server?.close();
  }
}
