import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Store } from '@postern/prisma-store';
import { STORE } from './tokens.ts';

/** Closes the store when everything else has ended. */
@Injectable()
export class StoreLifetime implements OnApplicationShutdown {
  readonly #store: Store;

  constructor(@Inject(STORE) store: Store) {
    this.#store = store;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#store.close();
  }
}
