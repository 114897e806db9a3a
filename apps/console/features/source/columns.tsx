import { TriangleAlert } from 'lucide-react';
import type { Source } from '@postern/admin-contract';
import { formatCount, Instant, OutsideText } from '@postern/console-ui';
import type { Column } from '../table/data-table.tsx';
import { RemoveSource } from './remove-source.tsx';

/** The columns of the table of sources. */
export function sourceColumns(options: {
  readonly mayWrite: boolean;
  readonly onDone: () => void;
}): readonly Column<Source>[] {
  return [
    {
      key: 'name',
      heading: 'Source',
      narrow: 'lead',
      cell: ({ name, missing }) => (
        <>
          <span className="font-medium">
            <OutsideText text={name} />
          </span>
          {missing.map(({ machine, addresses, at }) => (
            <span key={machine} className="flex items-start gap-1.5 text-xs font-medium text-bad">
              <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
              <span>
                not plumbed at <OutsideText text={machine} />: {addresses.join(', ')} (seen <Instant at={at} />)
              </span>
            </span>
          ))}
        </>
      ),
    },
    { key: 'pool', heading: 'Pool', narrow: 'line', cell: ({ pool }) => pool },
    {
      key: 'addresses',
      heading: 'Addresses, and the name said there',
      narrow: 'line',
      cell: ({ addresses, ehloName }) => (
        <>
          <span className="tabular-nums">{addresses.join(', ')}</span>
          <span className="text-ink-soft">
            {' '}
            as <OutsideText text={ehloName} />
          </span>
        </>
      ),
    },
    { key: 'weight', heading: 'Weight', narrow: 'hidden', align: 'end', cell: ({ weight }) => formatCount(weight) },
    {
      key: 'warm',
      heading: 'Warm-up',
      narrow: 'line',
      cell: ({ todayPerSite, warmUp, warmUpSince }) =>
        todayPerSite === null ? (
          <span className="text-ink-soft">warm</span>
        ) : (
          <span title={`day by day: ${warmUp.map(formatCount).join(', ')}`}>
            {formatCount(todayPerSite)} to each site today{' '}
            <span className="text-ink-soft">
              since <Instant at={warmUpSince} />
            </span>
          </span>
        ),
    },
    ...(options.mayWrite
      ? [
          {
            key: 'remove',
            heading: 'Commands',
            narrow: 'trail',
            align: 'end',
            cell: (source) => <RemoveSource source={source} onDone={options.onDone} />,
          } satisfies Column<Source>,
        ]
      : []),
  ];
}
