import type { AcceptStore, Clock, QueueId } from '@postern/queue';

const KNOWN_MS = 30_000;
const UNKNOWN_MS = 500;
const MAX_REMEMBERED = 50_000;

/**
 * Which delivery queue serves a domain, as far as that is known: delivery finds it out, we read it.
 *
 * Questions that come while one is being answered are asked together, so many messages cost few queries. A wrong answer
 * costs a detour, never a message: delivery checks the site again before it sends.
 */
export class SiteDirectory {
  readonly #store: Pick<AcceptStore, 'knownSites'>;
  readonly #clock: Clock;
  readonly #known = new Map<string, { readonly queueId: QueueId | undefined; readonly until: number }>();
  #wanted = new Set<string>();
  #asking: Promise<void> | undefined;

  constructor(store: Pick<AcceptStore, 'knownSites'>, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** The queues of these domains; a domain whose site is not known is left out. */
  async find(domains: readonly string[]): Promise<ReadonlyMap<string, QueueId>> {
    const missing = domains.filter((domain) => !this.#isRemembered(domain));
    if (missing.length > 0) await this.#ask(missing);
    const found = new Map<string, QueueId>();
    for (const domain of domains) {
      const queueId = this.#known.get(domain)?.queueId;
      if (queueId !== undefined) found.set(domain, queueId);
    }
    return found;
  }

  #isRemembered(domain: string): boolean {
    const known = this.#known.get(domain);
    return known !== undefined && known.until > this.#clock.monotonicMs();
  }

  async #ask(domains: readonly string[]): Promise<void> {
    for (const domain of domains) this.#wanted.add(domain);
    // The question under way was asked before ours: the next one is ours.
    await this.#asking?.catch(() => undefined);
    this.#asking ??= this.#askWanted().finally(() => (this.#asking = undefined));
    await this.#asking;
  }

  async #askWanted(): Promise<void> {
    const domains = [...this.#wanted];
    this.#wanted = new Set();
    const sites = await this.#store.knownSites(domains);
    const now = this.#clock.monotonicMs();
    if (this.#known.size > MAX_REMEMBERED) this.#known.clear();
    for (const domain of domains) {
      const queueId = sites.get(domain);
      this.#known.set(domain, { queueId, until: now + (queueId === undefined ? UNKNOWN_MS : KNOWN_MS) });
    }
  }
}
