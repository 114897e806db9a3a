import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import type { Page, Source } from '@postern/admin-contract';
import { formatCount, Instant, OutsideText } from '@postern/console-ui';
import { sourcesPath, type SourcesSearch } from '../../app/(console)/sources/search-params.ts';
import { commandsColumn } from '../table/commands-column.ts';
import type { Column } from '../table/data-table.tsx';
import { SourceMenu } from './source-menu.tsx';

/** The columns of the table of sources. */
export function sourceColumns(options: {
  readonly mayWrite: boolean;
  readonly search: SourcesSearch;
  readonly among: Page<Source>;
  readonly onDone: () => void;
}): readonly Column<Source>[] {
  const { search, among } = options;
  const isWhole = among.nextCursor === null && search.cursor === undefined && search.name === undefined;
  const isLast = ({ pool }: Source) => isWhole && among.items.filter((each) => each.pool === pool).length === 1;
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
    {
      key: 'pool',
      heading: 'Pool',
      narrow: 'line',
      onCard: 'pool',
      cell: ({ pool }) => (
        <Link href={sourcesPath(search, { pool })} prefetch={false} className="underline-offset-2 hover:underline">
          {pool}
        </Link>
      ),
    },
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
    ...commandsColumn<Source>(options.mayWrite, (source) => (
      <SourceMenu source={source} last={isLast(source)} onDone={options.onDone} />
    )),
  ];
}
