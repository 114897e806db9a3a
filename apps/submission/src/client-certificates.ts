import type { OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from '@postern/observability';
import type { Store } from '@postern/prisma-store';

const EVERY_MS = 2_000;

/**
 * Whether clients are asked for a certificate: only while a credential has one, since some clients are at a loss when they
 * are asked. As it was a moment ago: a handshake must not wait for the store.
 */
export class ClientCertificates implements OnApplicationShutdown {
  readonly #store: Pick<Store, 'credentials'>;
  readonly #log: Logger;
  #wanted = false;
  #timer: NodeJS.Timeout | undefined;

  private constructor(store: Pick<Store, 'credentials'>, log: Logger) {
    this.#store = store;
    this.#log = log;
  }

  get asking(): 'asked for' | 'not asked for' {
    return this.#wanted ? 'asked for' : 'not asked for';
  }

  static async start(store: Pick<Store, 'credentials'>, log: Logger): Promise<ClientCertificates> {
    const certificates = new ClientCertificates(store, log);
    certificates.#wanted = await store.credentials.hasCertificates();
    certificates.#timer = setInterval(() => void certificates.#refresh(), EVERY_MS);
    certificates.#timer.unref();
    return certificates;
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  async #refresh(): Promise<void> {
    try {
      this.#wanted = await this.#store.credentials.hasCertificates();
    } catch (cause) {
      this.#log.debug({ err: cause }, 'whether credentials have certificates was not read');
    }
  }
}
