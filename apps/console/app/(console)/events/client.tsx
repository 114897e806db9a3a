'use client';

import { BellRing } from 'lucide-react';
import { useRouter } from 'next/navigation';
import type { Event, Page } from '@postern/admin-contract';
import { EmptyState, formatCountOf } from '@postern/console-ui';
import { eventColumns } from '../../../features/event/columns.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { Choice } from '../../../features/table/choice.tsx';
import { DataTable } from '../../../features/table/data-table.tsx';
import { Pager } from '../../../features/table/pager.tsx';
import { eventsPath, type EventsSearch } from './search-params.ts';

const STATES = ['open', 'resolved', 'all'] as const;

export function EventsClient(props: {
  readonly page: Page<Event>;
  readonly search: EventsSearch;
  readonly mayCommand: boolean;
}) {
  const { page, search, mayCommand } = props;
  const router = useRouter();
  return (
    <>
      <PageHeading
        title="Events"
        says="What needs an operator, the latest first."
        actions={
          <Choice
            label="Which events"
            value={search.state}
            onChange={(given) =>
              router.push(eventsPath(search, { state: STATES.find((state) => state === given) ?? 'open' }))
            }
            options={[
              ['open', 'Not dealt with'],
              ['resolved', 'Dealt with'],
              ['all', 'All'],
            ]}
          />
        }
      />
      {page.items.length === 0 ? (
        <EmptyState icon={BellRing} title={search.state === 'open' ? 'Nothing needs you' : 'No event yet'}>
          <p>
            An event is raised when a credential sends unlike itself, when bounces or blocks pile up, when the DNS of a
            sending domain changes, or when a message was put aside.
          </p>
        </EmptyState>
      ) : (
        <>
          <DataTable
            label="Events"
            columns={eventColumns({ mayCommand, onDone: () => router.refresh() })}
            rows={page.items}
            rowKey={({ id }) => id}
            faded={({ resolvedAt }) => resolvedAt !== null}
          />
          <Pager
            shown={`${formatCountOf(page.items.length, 'event', 'events')} shown`}
            first={search.cursor ? { href: eventsPath(search), word: 'Latest' } : undefined}
            next={
              page.nextCursor ? { href: eventsPath(search, { cursor: page.nextCursor }), word: 'Older' } : undefined
            }
          />
        </>
      )}
    </>
  );
}
