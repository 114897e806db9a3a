import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import { type MetricsServer, type MetricsServerOptions, serveMetrics } from './serve-metrics.ts';

/** Tells the metrics of a process from its start to its end. Its methods have the names that the framework of the apps calls then. */
export class MetricsListener {
  readonly #metrics: Metrics;
  readonly #addresses: MetricsServerOptions['addresses'];
  readonly #log: Pick<Logger, 'info'>;
  #server: MetricsServer | undefined;

  constructor(options: MetricsServerOptions & { readonly log: Pick<Logger, 'info'> }) {
    this.#metrics = options.metrics;
    this.#addresses = options.addresses;
    this.#log = options.log;
  }

  async onApplicationBootstrap(): Promise<void> {
    this.#server = await serveMetrics({ metrics: this.#metrics, addresses: this.#addresses });
    for (const url of this.#server.urls) this.#log.info({ url }, 'metrics told');
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#server?.close();
  }
}
