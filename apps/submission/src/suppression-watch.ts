import type { OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from '@postern/observability';
import type { Store } from '@postern/prisma-store';
import { Suppressions } from '@postern/submission';

const EVERY_MS = 1_000;

/** The suppressions as they were a second ago at most. */
export class SuppressionWatch implements OnApplicationShutdown {
  readonly suppressions: Suppressions;
  #timer: NodeJS.Timeout | undefined;

  private constructor(suppressions: Suppressions) {
    this.suppressions = suppressions;
  }

  static async start(store: Pick<Store, 'suppressions'>, log: Logger): Promise<SuppressionWatch> {
    const watch = new SuppressionWatch(new Suppressions(store.suppressions, { log }));
    await watch.suppressions.refresh();
    watch.#again();
    return watch;
  }

  onApplicationShutdown(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #again(): void {
    this.#timer = setTimeout(() => void this.suppressions.refresh().then(() => this.#timer && this.#again()), EVERY_MS);
    this.#timer.unref();
  }
}
