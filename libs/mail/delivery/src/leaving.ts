import {
  chooseSource,
  DEFAULT_POOL,
  type Leaving,
  poolFor,
  type PoolRule,
  type Source,
  type SourceStore,
  warmUpLimit,
} from '@postern/pace';
import type { ClaimedMessage } from '@postern/queue';
import type { DeliveryContext, OutboundQueue } from './context.ts';

/** The sources as they are now, with those of their addresses that are on this machine. */
export interface Sources {
  now(): Promise<{ readonly sources: readonly Source[]; readonly rules: readonly PoolRule[] }>;
  readonly store: Pick<SourceStore, 'reserve'>;
}

/** From where a message leaves: by the system's choice, from a source, or not before some time. */
export type Exit =
  | { readonly kind: 'system' }
  | { readonly kind: 'source'; readonly source: Source }
  | { readonly kind: 'later'; readonly until: Date };

/** No sources are set: the system chooses. */
export const NO_SOURCES: Sources = {
  now: () => Promise.resolve({ sources: [], rules: [] }),
  store: { reserve: () => Promise.resolve(0) },
};

const SYSTEM: Exit = { kind: 'system' };
const DAY_MS = 86_400_000;
/** A pool none of whose sources may be used now: its mail looks again after this time. */
const LOOK_AGAIN_MS = 5 * 60_000;
/** The same where none of them is on this machine: another one may have them. */
const LOOK_ELSEWHERE_MS = 15_000;

/**
 * From where a lane's messages leave. A lane keeps to one source of each pool, so that it keeps its connection; lanes are
 * shared out by weight. A source that is not on this machine, rests at this site, or has sent its day's share there, is left out.
 */
export class LaneExits {
  readonly #queue: OutboundQueue;
  readonly #context: Pick<DeliveryContext, 'sources' | 'book' | 'clock' | 'random'>;
  readonly #chosen = new Map<string, Source>();

  constructor(queue: OutboundQueue, context: Pick<DeliveryContext, 'sources' | 'book' | 'clock' | 'random'>) {
    this.#queue = queue;
    this.#context = context;
  }

  /** The exit of each message; all by the system's choice, without a look, where there are no sources. */
  async of(messages: readonly ClaimedMessage[]): Promise<(message: ClaimedMessage) => Exit> {
    const { sources, rules } = await this.#context.sources.now();
    if (sources.length === 0 && rules.length === 0) return () => SYSTEM;
    const pools = Map.groupBy(messages, (message) => poolFor(rules, this.#leaving(message)));
    const exits = new Map<ClaimedMessage, Exit>();
    for (const [pool, all] of pools) await this.#assign(pool, all, sources, exits);
    return (message) => exits.get(message) ?? SYSTEM;
  }

  #leaving({ credentialId, reversePath }: ClaimedMessage): Leaving {
    return { credentialId, reversePath, route: this.#queue.kind === 'route' ? this.#queue.name : undefined };
  }

  async #assign(
    pool: string,
    messages: readonly ClaimedMessage[],
    sources: readonly Source[],
    exits: Map<ClaimedMessage, Exit>,
  ): Promise<void> {
    const { clock } = this.#context;
    const rests = ({ name }: Source) => this.#context.book.aside(this.#queue.id, 'source', name) !== undefined;
    const inPool = sources.filter((source) => source.pool === pool);
    // Nobody made a default pool: the system's choice is as good as ever.
    if (inPool.length === 0 && pool === DEFAULT_POOL) return;
    const here = inPool.filter(({ addresses }) => addresses.length > 0);
    let usable = here.filter((source) => !rests(source));
    let rest = [...messages];
    let coldUntil: Date | undefined;
    while (rest.length > 0 && usable.length > 0) {
      const source = this.#choose(pool, usable);
      if (!source) break;
      const limit = warmUpLimit(source, clock.now());
      const want = rest.length;
      const granted =
        limit === undefined
          ? want
          : await this.#context.sources.store.reserve({ sourceId: source.id, queueId: this.#queue.id, want, limit });
      for (const message of rest.splice(0, granted)) exits.set(message, { kind: 'source', source });
      if (granted === want) return;
      coldUntil = new Date((Math.floor(clock.now().getTime() / DAY_MS) + 1) * DAY_MS);
      usable = usable.filter((each) => each !== source);
      this.#chosen.delete(pool);
    }
    const again = here.length === 0 ? LOOK_ELSEWHERE_MS : LOOK_AGAIN_MS;
    const until = coldUntil ?? new Date(clock.now().getTime() + again);
    for (const message of rest) exits.set(message, { kind: 'later', until });
  }

  #choose(pool: string, usable: readonly Source[]): Source | undefined {
    const kept = usable.find(({ id }) => id === this.#chosen.get(pool)?.id);
    const source = kept ?? chooseSource(usable, this.#context.random());
    if (source) this.#chosen.set(pool, source);
    return source;
  }
}
