import type { QueueId } from '@postern/queue';

/** A source: addresses of ours that mail leaves from, and the name that is said there. */
export interface Source {
  readonly id: string;
  readonly name: string;
  readonly pool: string;
  /** At most one of each family. */
  readonly addresses: readonly string[];
  readonly ehloName: string;
  readonly weight: number;
  /** Messages a day to each site while it is new: the first day, the second …; empty for no limit. */
  readonly warmUp: readonly number[];
  readonly warmUpSince: Date;
}

/** Which mail leaves from a pool; all that is said must be so. */
export interface PoolRule {
  readonly pool: string;
  readonly credentialId: string | undefined;
  /** An address, `@domain`, `@*.domain`, `<>` or `*`. */
  readonly senderRule: string | undefined;
  /** The name of a route. */
  readonly route: string | undefined;
}

/** What a message is, as far as its source goes. */
export interface Leaving {
  readonly credentialId: string | undefined;
  readonly reversePath: string;
  readonly route: string | undefined;
}

/** The pool of mail that no rule is about. */
export const DEFAULT_POOL = 'default';

/** The pool that a message leaves from: that of the first rule which is about it. */
export function poolFor(rules: readonly PoolRule[], mail: Leaving): string {
  const rule = rules.find(
    ({ credentialId, senderRule, route }) =>
      (credentialId === undefined || credentialId === mail.credentialId) &&
      (route === undefined || route === mail.route) &&
      (senderRule === undefined || takesSender(senderRule, mail.reversePath)),
  );
  return rule?.pool ?? DEFAULT_POOL;
}

/** Chooses by weight; `random` is a number from 0 up to 1. Undefined where there is none to choose from. */
export function chooseSource(sources: readonly Source[], random: number): Source | undefined {
  const all = sources.reduce((sum, { weight }) => sum + weight, 0);
  let left = random * all;
  return sources.find(({ weight }) => (left -= weight) < 0) ?? sources.at(-1);
}

const DAY_MS = 86_400_000;

/** How many messages a source may send to a site today; undefined when it is warm. */
export function warmUpLimit(
  { warmUp, warmUpSince }: Pick<Source, 'warmUp' | 'warmUpSince'>,
  now: Date,
): number | undefined {
  const day = Math.floor(Math.floor(now.getTime() / DAY_MS) - Math.floor(warmUpSince.getTime() / DAY_MS));
  return warmUp[Math.max(0, day)];
}

/** What sending from sources needs of the store. */
export interface SourceStore {
  sources(): Promise<readonly Source[]>;
  /** In the order in which they are asked. */
  poolRules(): Promise<readonly PoolRule[]>;
  /** Counts so many messages of today to a site, and no more than `limit` of a day; answers how many of them may leave. */
  reserve(about: {
    readonly sourceId: string;
    readonly queueId: QueueId;
    readonly want: number;
    readonly limit: number;
  }): Promise<number>;
  /** Tells which addresses of a source are not on this machine. */
  report(about: {
    readonly sourceId: string;
    readonly machine: string;
    readonly missing: readonly string[];
  }): Promise<void>;
}

function takesSender(rule: string, reversePath: string): boolean {
  const sender = reversePath.toLowerCase();
  const wanted = rule.toLowerCase();
  if (wanted === '*') return true;
  if (wanted === '<>') return sender === '';
  if (wanted.startsWith('@*.')) return sender.slice(sender.lastIndexOf('@')).endsWith(wanted.slice(2));
  return wanted.startsWith('@') ? sender.endsWith(wanted) : sender === wanted;
}
