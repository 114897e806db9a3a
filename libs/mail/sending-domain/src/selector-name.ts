import type { DkimAlgorithm } from '@postern/dkim';
import type { DkimKey, SendingDomain } from './sending-domain.ts';

const SHORT: Readonly<Record<DkimAlgorithm, string>> = { 'rsa-sha256': 'rsa', 'ed25519-sha256': 'ed' };
/** With CNAMEs, selectors are few and come again: the domain's owner has made them once. */
const SLOTS = ['a', 'b', 'c'] as const;

/**
 * A selector for a new key that is not taken: `postern-20261122-rsa` says from when it is. Where a domain's selectors are CNAMEs
 * it is one of `postern-a-rsa`, `postern-b-rsa` and `postern-c-rsa`; undefined when all are in use.
 */
export function newSelector(
  algorithm: DkimAlgorithm,
  { at, taken, delegated }: { readonly at: Date; readonly taken: ReadonlySet<string>; readonly delegated: boolean },
): string | undefined {
  if (delegated) return delegatedSelectors(algorithm).find((each) => !taken.has(each));
  const first = `postern-${at.toISOString().slice(0, 10).replaceAll('-', '')}`;
  for (let n = 1; n < 100; n++) {
    const selector = `${first}${n === 1 ? '' : `-${n}`}-${SHORT[algorithm]}`;
    if (!taken.has(selector)) return selector;
  }
  return undefined;
}

/**
 * A selector for a new key of a domain. Where selectors are CNAMEs, that of a revoked key comes again: the domain's owner has made
 * a few of them, once.
 */
export function freeSelector(
  { delegatedTo, keys }: Pick<SendingDomain, 'delegatedTo'> & { readonly keys: readonly DkimKey[] },
  algorithm: DkimAlgorithm,
  at: Date,
): string | undefined {
  const delegated = delegatedTo !== undefined;
  const taken = keys.filter(({ state }) => !delegated || state !== 'revoked').map(({ selector }) => selector);
  return newSelector(algorithm, { at, taken: new Set(taken), delegated });
}

/** Every selector of a domain whose selectors are CNAMEs. */
export function delegatedSelectors(algorithm: DkimAlgorithm): readonly string[] {
  return SLOTS.map((slot) => `postern-${slot}-${SHORT[algorithm]}`);
}
