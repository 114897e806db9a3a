import { hostname, networkInterfaces } from 'node:os';
import type { Sources } from '@postern/delivery';
import { parseAddress } from '@postern/dns';
import type { Logger } from '@postern/observability';
import type { Store } from '@postern/prisma-store';

const FRESH_MS = 2_000;

type Known = Awaited<ReturnType<Sources['now']>>;

/**
 * The sources as the store has them, two seconds old at most, without addresses that are not on this machine; these are
 * reported. A source without any is skipped, and its pool is a pool all the same.
 */
export class SourceDirectory implements Sources {
  readonly store: Store['sources'];
  readonly #log: Logger;
  readonly #reported = new Map<string, string>();
  #known: Promise<Known> | undefined;
  #untilMs = 0;

  constructor(store: Store['sources'], log: Logger) {
    this.store = store;
    this.#log = log;
  }

  now(): Promise<Known> {
    if (this.#known && performance.now() < this.#untilMs) return this.#known;
    this.#untilMs = performance.now() + FRESH_MS;
    this.#known = this.#read();
    this.#known.catch(() => (this.#known = undefined));
    return this.#known;
  }

  async #read(): Promise<Known> {
    const [all, rules] = await Promise.all([this.store.sources(), this.store.poolRules()]);
    const here = all.length === 0 ? new Set<string>() : plumbedAddresses();
    const sources = await Promise.all(
      all.map(async (source) => {
        const missing = source.addresses.filter((address) => !isHere(address, here));
        await this.#report(source.id, source.name, missing);
        return { ...source, addresses: source.addresses.filter((address) => !missing.includes(address)) };
      }),
    );
    return { sources, rules };
  }

  async #report(sourceId: string, source: string, missing: readonly string[]): Promise<void> {
    const said = missing.join();
    if (this.#reported.get(sourceId) === said) return;
    await this.store.report({ sourceId, machine: hostname(), missing });
    if (missing.length > 0) this.#log.warn({ source, missing }, 'a source is not on this machine, it is skipped');
    this.#reported.set(sourceId, said);
  }
}

/** The addresses of this machine's interfaces, in their canonical form. */
function plumbedAddresses(): ReadonlySet<string> {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return new Set(all.flatMap(({ address }) => parseAddress(address)?.text ?? []));
}

/** All of 127.0.0.0/8 is on every machine. */
function isHere(address: string, here: ReadonlySet<string>): boolean {
  const parsed = parseAddress(address);
  return parsed !== undefined && (here.has(parsed.text) || parsed.text.startsWith('127.'));
}
