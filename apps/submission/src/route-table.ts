import type { OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from '@postern/observability';
import type { Store } from '@postern/prisma-store';
import { routeRules, type RouteRule } from '@postern/queue';

const EVERY_MS = 2_000;

/** The routes as they were a moment ago: accepting asks them for every message, and must not wait for the store. */
export class RouteTable implements OnApplicationShutdown {
  readonly #store: Pick<Store, 'routes'>;
  readonly #log: Logger;
  #rules: readonly RouteRule[] = [];
  #timer: NodeJS.Timeout | undefined;

  private constructor(store: Pick<Store, 'routes'>, log: Logger) {
    this.#store = store;
    this.#log = log;
  }

  get rules(): readonly RouteRule[] {
    return this.#rules;
  }

  static async start(store: Pick<Store, 'routes'>, log: Logger): Promise<RouteTable> {
    const table = new RouteTable(store, log);
    table.#rules = (await store.routes.list()).flatMap(routeRules);
    table.#timer = setInterval(() => void table.#refresh(), EVERY_MS);
    table.#timer.unref();
    return table;
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  async #refresh(): Promise<void> {
    try {
      this.#rules = (await this.#store.routes.list()).flatMap(routeRules);
    } catch (cause) {
      this.#log.warn({ err: cause }, 'routes not read, those of before are good');
    }
  }
}
