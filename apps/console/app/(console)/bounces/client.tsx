'use client';

import { MailCheck, X } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { BounceHistory } from '@postern/admin-contract';
import { buttonLook, EmptyState, OutsideText } from '@postern/console-ui';
import { bounceColumns } from '../../../features/bounce/columns.tsx';
import { HistoryChart } from '../../../features/bounce/history-chart.tsx';
import { BY, MEASURES, type By } from '../../../features/bounce/words.ts';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { Choice } from '../../../features/table/choice.tsx';
import { CsvLink } from '../../../features/table/csv-link.tsx';
import { DataTable } from '../../../features/table/data-table.tsx';
import { RangeChoice } from '../../../features/volume/range-choice.tsx';
import { browserApi } from '../../../live/browser-api.ts';
import { SUMS_PAUSE_MS, useRefresh } from '../../../live/use-refresh.ts';
import {
  bouncesPath,
  bouncesQuery,
  csvQuery,
  FILTER_OF,
  FILTERS,
  measureOf,
  type BouncesSearch,
} from './search-params.ts';

const BY_OPTIONS = Object.entries(BY).map(([by, { word }]) => [by, `By ${word.toLowerCase()}`] as const);
const MEASURE_OPTIONS = Object.entries(MEASURES).map(([measure, { word }]) => [measure, word] as const);

export function BouncesClient({
  initial,
  search,
}: {
  readonly initial: BounceHistory;
  readonly search: BouncesSearch;
}) {
  const router = useRouter();
  const [history, setHistory] = useState(initial);
  useRefresh({
    wanted: true,
    pauseMs: SUMS_PAUSE_MS,
    refresh: async () => {
      const result = await browserApi.bounceHistory({ query: bouncesQuery(search, new Date()) });
      if ('ok' in result) setHistory(result.ok);
    },
  });
  const go = (change: Partial<BouncesSearch>) => router.push(bouncesPath(search, change));
  const { of } = MEASURES[search.measure];
  const rows = history.items.filter((item) => of(item) > 0).sort((a, b) => of(b) - of(a));
  return (
    <>
      <PageHeading
        title="Bounces"
        says="What failed, why, and whose it was; from each figure to its messages."
        actions={
          <>
            <CsvLink of="/api/v1/bounces.csv" query={csvQuery(search, history.since)} />
            <Link href="/bounces/returned" prefetch={false} className={buttonLook('plain')}>
              Returned reports
            </Link>
            <Link href="/bounces/rules" prefetch={false} className={buttonLook('plain')}>
              Rules
            </Link>
            <RangeChoice range={search.range} onChange={(range) => go({ range })} />
          </>
        }
      />
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <Choice
          label="Told apart by"
          value={search.by}
          onChange={(given) => go({ by: byOf(given) })}
          options={BY_OPTIONS}
        />
        <Choice
          label="What is counted"
          value={search.measure}
          onChange={(given) => go({ measure: measureOf(given) })}
          options={MEASURE_OPTIONS}
        />
        {FILTERS.map((name) => {
          const value = search[name];
          return value === undefined ? null : (
            <Link
              key={name}
              href={bouncesPath(search, { [name]: undefined })}
              prefetch={false}
              aria-label={`Not only ${name} ${value}`}
              className={buttonLook('plain')}
            >
              <span className="text-ink-soft">{name === 'queue' ? 'site' : name}</span>
              <OutsideText text={value} />
              <X aria-hidden className="size-3.5" />
            </Link>
          );
        })}
      </div>
      {rows.length === 0 ? (
        <EmptyState icon={MailCheck} title="Nothing of that in this time">
          <p>
            What is refused, given up, sent back later or complained about is counted here as it happens, by the class
            that the rules tell from the reply.
          </p>
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-4">
          <HistoryChart history={history} range={search.range} by={search.by} measure={search.measure} />
          <DataTable
            label={`Bounces by ${BY[search.by].word.toLowerCase()}`}
            columns={bounceColumns({
              by: search.by,
              measure: search.measure,
              since: new Date(history.since),
              most: Math.max(...rows.map(of)),
              narrowed: (key) =>
                bouncesPath(search, { [FILTER_OF[search.by]]: key, by: search.by === 'class' ? 'site' : 'class' }),
            })}
            rows={rows}
            rowKey={({ key }) => key ?? ' others'}
          />
        </div>
      )}
    </>
  );
}

function byOf(given: string): By {
  return Object.hasOwn(BY, given) ? (given as By) : 'class';
}
