'use client';

import { BellRing } from 'lucide-react';
import { useRouter } from 'next/navigation';
import type { Event, Page } from '@postern/admin-contract';
import { EmptyState } from '@postern/console-ui';
import { eventColumns } from '../../../features/event/columns.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { Choice } from '../../../features/table/choice.tsx';
import { CsvLink } from '../../../features/table/csv-link.tsx';
import { ListView } from '../../../features/table/list-view.tsx';
import { NoMatch } from '../../../features/table/no-match.tsx';
import { endsOf, sortsOf } from '../../../features/table/sorts.ts';
import { useLivePage } from '../../../live/use-live-page.ts';
import { eventsPath, type EventsSearch } from './search-params.ts';

const STATES = ['open', 'resolved', 'all'] as const;
const SEVERITIES = ['critical', 'warning', 'info'] as const;

export function EventsClient(props: {
  readonly page: Page<Event>;
  readonly search: EventsSearch;
  readonly mayCommand: boolean;
}) {
  const { page, search, mayCommand } = props;
  const router = useRouter();
  useLivePage();
  const filtered = Boolean(search.severity ?? search.kind ?? search.subject);
  return (
    <>
      <PageHeading
        title="Events"
        says="What needs an operator, and what was done about it."
        actions={<CsvLink of="/api/v1/events.csv" query={search} />}
      />
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <Choice
          label="How bad"
          value={search.severity ?? ''}
          onChange={(given) =>
            router.push(eventsPath(search, { severity: SEVERITIES.find((severity) => severity === given) }))
          }
          options={[['', 'However bad'], ...SEVERITIES.map((severity) => [severity, `Only ${severity}`] as const)]}
        />
        <Choice
          label="Which events"
          value={search.state}
          onChange={(given) =>
            router.push(eventsPath(search, { state: STATES.find((state) => state === given) ?? 'open' }))
          }
          options={[
            ['open', 'Open'],
            ['resolved', 'Resolved'],
            ['all', 'All'],
          ]}
        />
      </div>
      <ListView
        label="Events"
        noun={['event', 'events']}
        columns={eventColumns({ mayCommand, onDone: () => router.refresh() })}
        page={page}
        rowKey={({ id }) => id}
        faded={({ resolvedAt }) => resolvedAt !== null}
        cursor={search.cursor}
        path={(cursor) => eventsPath(search, { cursor })}
        sorts={sortsOf(search, { when: ['at', 'descending'] }, (change) => eventsPath(search, change))}
        words={endsOf(search.order)}
        empty={
          filtered ? (
            <NoMatch icon={BellRing} title="No event is like that" noun="open events" all="/events">
              None of this kind, and as bad as this, is among them.
            </NoMatch>
          ) : (
            <EmptyState icon={BellRing} title={search.state === 'open' ? 'Nothing needs you' : 'No event yet'}>
              <p>
                An event is raised when a credential sends unlike itself, when bounces or blocks pile up, when the DNS
                of a sending domain changes, or when a message was put aside.
              </p>
            </EmptyState>
          )
        }
      />
    </>
  );
}
