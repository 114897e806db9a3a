'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Page, Queue } from '@postern/admin-contract';
import { formatCount } from '@postern/console-ui';
import { queueColumns } from '../../../features/queue/columns.tsx';
import { depthOf, mergeQueues } from '../../../features/queue/merge-queues.ts';
import { NoQueues } from '../../../features/queue/no-queues.tsx';
import { QueueFilter } from '../../../features/queue/queue-filter.tsx';
import { DataTable } from '../../../features/table/data-table.tsx';
import { Pager } from '../../../features/table/pager.tsx';
import { sortsOf } from '../../../features/table/sorts.ts';
import { browserApi } from '../../../live/browser-api.ts';
import { useLiveEvent } from '../../../live/live-provider.tsx';
import { useTrends } from '../../../features/trend/use-trends.ts';
import { isFiltered, queuesPath, type QueuesSearch } from './search-params.ts';

const SORTS = {
  name: ['name', 'ascending'],
  depth: ['depth', 'descending', 'numbers'],
  oldest: ['oldest', 'descending', 'ages'],
} as const;

export function QueuesClient(props: {
  readonly page: Page<Queue>;
  readonly search: QueuesSearch;
  /** Whether this gateway has ever accepted mail: what an empty page teaches depends on it. */
  readonly everAccepted: boolean;
}) {
  const { page, search } = props;
  const router = useRouter();
  const [queues, setQueues] = useState<readonly Queue[]>(page.items);
  const [asked, setAsked] = useState(page);
  if (asked !== page) {
    setAsked(page);
    setQueues(page.items);
  }
  useLiveEvent('queues', ({ queues: changed }) => {
    // New queues belong at the end of the list, which only its last page has.
    const known =
      page.nextCursor === null ? changed : changed.filter(({ id }) => queues.some((each) => each.id === id));
    setQueues(mergeQueues(queues, known, search.query));
  });

  const trends = useTrends(
    browserApi.queueTrends,
    queues.map(({ id }) => id),
  );
  const waiting = queues.reduce((sum, queue) => sum + depthOf(queue), 0);
  return (
    <>
      <QueueFilter
        search={search.query}
        onChange={(change) => router.replace(queuesPath(search, change), { scroll: false })}
      />
      {queues.length === 0 ? (
        <NoQueues
          filtered={isFiltered(search)}
          everAccepted={props.everAccepted}
          allPath={queuesPath(search, { show: 'all', kind: undefined, name: undefined })}
        />
      ) : (
        <>
          <DataTable
            label="Delivery queues"
            columns={queueColumns(trends)}
            rows={queues}
            rowKey={(queue) => String(queue.id)}
            sorts={sortsOf(search.query, SORTS, (change) => queuesPath(search, change))}
            faded={(queue) => depthOf(queue) === 0 && queue.suspended === null}
          />
          <Pager
            shown={`${formatCount(queues.length)} ${queues.length === 1 ? 'queue' : 'queues'} shown, ${formatCount(waiting)} ${waiting === 1 ? 'recipient waits' : 'recipients wait'} in them`}
            first={search.query.cursor ? { href: queuesPath(search), word: 'First page' } : undefined}
            next={page.nextCursor ? { href: queuesPath(search, { cursor: page.nextCursor }), word: 'Next' } : undefined}
          />
        </>
      )}
    </>
  );
}
