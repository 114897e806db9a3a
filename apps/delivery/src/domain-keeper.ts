import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { keepDomains, type KeepingContext } from '@postern/sending-domain';
import { KEEPING } from './tokens.ts';

const EVERY_MS = 5_000;

/** Looks after sending domains: the steps of rotations, and the checks. */
@Injectable()
export class DomainKeeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #context: KeepingContext;
  #timer: NodeJS.Timeout | undefined;
  #keeping: Promise<void> | undefined;
  #stopped = false;

  constructor(@Inject(KEEPING) context: KeepingContext) {
    this.#context = context;
  }

  onApplicationBootstrap(): void {
    this.#later();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#keeping;
  }

  /** The next look begins when the last one has ended, however long the DNS took. */
  #later(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#keeping = keepDomains(this.#context)
        .catch((cause: unknown) => this.#context.log.warn({ err: cause }, 'sending domains not looked after'))
        .finally(() => this.#later());
    }, EVERY_MS);
    this.#timer.unref();
  }
}
