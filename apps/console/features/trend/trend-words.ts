import type { Trend } from '@postern/admin-contract';
import { formatCount } from '@postern/console-ui';

/** A trend in words: how many, and when the trouble was. */
export function trendWords({ delivered, troubled }: Pick<Trend, 'delivered' | 'troubled'>): string {
  const words = `In the last 24 hours: ${formatCount(sumOf(delivered))} delivered, ${formatCount(sumOf(troubled))} deferred or failed`;
  const last = troubled.findLastIndex((count) => count > 0);
  if (last < 0) return words;
  const ago = troubled.length - 1 - last;
  return `${words}, the last of them ${ago === 0 ? 'within this hour' : ago === 1 ? 'an hour ago' : `${ago} hours ago`}`;
}

export function sumOf(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0);
}
