import { formatReturnPath, type ReturnPaths } from '@postern/bounce';
import type { Logger } from '@postern/observability';
import type { Store } from '@postern/prisma-store';
import { type ClaimedMessage, systemClock } from '@postern/queue';

const FRESH_MS = 2_000;

/** Signs return-paths for the mail of credentials that use them, as the settings were a moment ago. */
export class ReturnPathSigner {
  readonly #store: Pick<Store, 'suppressions'>;
  readonly #log: Logger;
  readonly #paths: ReturnPaths;
  #signing: ReadonlySet<string> = new Set();
  #askedMs = -Infinity;

  constructor(store: Pick<Store, 'suppressions'>, options: { readonly paths: ReturnPaths; readonly log: Logger }) {
    this.#store = store;
    this.#paths = options.paths;
    this.#log = options.log;
    this.#look();
  }

  /** The null reverse-path stays what it is: nothing ever comes back about a DSN. */
  readonly sign = ({ id, reversePath, credentialId }: ClaimedMessage): string => {
    if (performance.now() - this.#askedMs > FRESH_MS) this.#look();
    if (reversePath === '' || credentialId === undefined || !this.#signing.has(credentialId)) return reversePath;
    return formatReturnPath(id, systemClock.now(), this.#paths);
  };

  #look(): void {
    this.#askedMs = performance.now();
    this.#store.suppressions.signingCredentials().then(
      (ids) => (this.#signing = new Set(ids)),
      (cause: unknown) => this.#log.warn({ err: cause }, 'settings of return-paths not read, those of before are good'),
    );
  }
}
