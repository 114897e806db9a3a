import Link from 'next/link';
import type { BounceSeries } from '@postern/admin-contract';
import { formatCount, formatShare, Meter, OutsideText } from '@postern/console-ui';
import type { Column } from '../table/data-table.tsx';
import { BY, keyWord, MEASURES, messagesOf, type By, type Measure } from './words.ts';

const COUNTS = ['delivered', 'deferred', 'bounced', 'expired', 'returned', 'complained'] as const;
/** What is delivered has no class: told apart by class, nothing can be said of it. */
const OF_CLASS = COUNTS.filter((name) => name !== 'delivered');

/** The columns of the table of what failed, by what it is told apart. */
export function bounceColumns(options: {
  readonly by: By;
  readonly measure: Measure;
  readonly since: Date;
  /** The most of the measure that one row has. */
  readonly most: number;
  /** The address of the page with only this. */
  readonly narrowed: (key: string) => string;
}): readonly Column<BounceSeries>[] {
  const { by, measure, since, most } = options;
  const counts = by === 'class' ? OF_CLASS : COUNTS;
  return [
    {
      key: 'key',
      heading: BY[by].word,
      narrow: 'lead',
      className: 'md:w-[32%] md:max-w-0 md:min-w-52',
      cell: ({ key, ...rate }) => (
        <>
          <span className="block truncate font-medium">
            {key ? (
              <Link href={options.narrowed(key)} prefetch={false} className="hover:underline">
                <OutsideText text={keyWord(key, by)} />
              </Link>
            ) : (
              keyWord(key, by)
            )}
          </span>
          <Meter
            label={`${MEASURES[measure].word}, against the most`}
            share={MEASURES[measure].of(rate)}
            top={Math.max(1, most)}
            tone="bad"
          />
        </>
      ),
    },
    {
      key: 'messages',
      heading: 'Messages',
      narrow: 'trail',
      cell: ({ key }) => {
        const href = messagesOf(key, { by, measure, since });
        return href ? (
          <Link
            href={href}
            prefetch={false}
            aria-label={`Messages of ${keyWord(key, by)}`}
            className="text-accent underline"
          >
            Show
          </Link>
        ) : (
          <span className="text-ink-faint">–</span>
        );
      },
    },
    {
      key: 'counts',
      heading: 'Counts',
      narrow: 'line',
      from: 'never',
      cell: (item) => (
        <span className="text-xs text-ink-soft tabular-nums">
          {counts
            .filter((name) => item[name] > 0)
            .map((name) => `${formatCount(item[name])} ${name}`)
            .join(' · ')}
        </span>
      ),
    },
    ...counts.map((name): Column<BounceSeries> => ({
      key: name,
      heading: name.slice(0, 1).toUpperCase() + name.slice(1),
      narrow: 'hidden',
      align: 'end',
      cell: (item) => (
        <span className={item[name] === 0 ? 'text-ink-faint tabular-nums' : 'tabular-nums'}>
          {formatCount(item[name])}
        </span>
      ),
    })),
    ...(by === 'class'
      ? []
      : [
          {
            key: 'share',
            heading: 'Failed',
            narrow: 'hidden' as const,
            align: 'end' as const,
            cell: (item: BounceSeries) => {
              const ended = item.delivered + item.bounced + item.expired;
              return formatShare(ended === 0 ? 0 : (item.bounced + item.expired) / ended);
            },
          },
        ]),
  ];
}
