import { formatCount, TrendBars } from '@postern/console-ui';
import type { Column } from '../table/data-table.tsx';
import { sumOf, trendWords } from './trend-words.ts';
import type { TrendsById } from './use-trends.ts';

/** The column of a list that shows how attempts ended in each hour of the last day. */
export function trendColumn<Row>(trends: TrendsById, idOf: (row: Row) => string): Column<Row> {
  return {
    key: 'trend',
    heading: 'Last 24 hours',
    narrow: 'line',
    onCard: 'last 24 hours',
    from: 'lg',
    className: 'md:w-30',
    cell: (row) => <TrendCell trends={trends} id={idOf(row)} />,
  };
}

/** Its place is kept until it is there, so that nothing jumps. */
function TrendCell({ trends, id }: { readonly trends: TrendsById; readonly id: string }) {
  const trend = trends?.get(id);
  if (!trend) return <span className="inline-block h-6 w-24 align-middle" />;
  const { delivered, troubled } = trend;
  const [good, bad] = [sumOf(delivered), sumOf(troubled)];
  if (good + bad === 0)
    return (
      <span className="text-ink-faint" title="No attempt ended in the last 24 hours">
        none
      </span>
    );
  return (
    <span className="inline-flex items-center gap-3 align-middle">
      <TrendBars label={trendWords(trend)} good={delivered} bad={troubled} />
      <span aria-hidden className="text-xs text-ink-soft tabular-nums md:hidden">
        {formatCount(good)} delivered{bad > 0 && `, ${formatCount(bad)} not`}
      </span>
    </span>
  );
}
