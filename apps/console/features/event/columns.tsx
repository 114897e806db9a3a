import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { Event } from '@postern/admin-contract';
import { Instant, OutsideText, TonedWord, type Tone } from '@postern/console-ui';
import type { Column } from '../table/data-table.tsx';
import { EventSubject } from './event-subject.tsx';
import { ResolveEvent } from './resolve-event.tsx';

const SEVERITIES = {
  critical: { icon: CircleAlert, tone: 'bad' },
  warning: { icon: TriangleAlert, tone: 'wait' },
  info: { icon: Info, tone: 'move' },
} as const satisfies Record<Event['severity'], { icon: typeof Info; tone: Tone }>;

/** The columns of the table of events. */
export function eventColumns(options: {
  readonly mayCommand: boolean;
  readonly onDone: () => void;
}): readonly Column<Event>[] {
  return [
    {
      key: 'severity',
      heading: 'How bad',
      narrow: 'lead',
      cell: ({ severity }) => <TonedWord {...SEVERITIES[severity]} word={severity} />,
    },
    {
      key: 'text',
      heading: 'What',
      narrow: 'line',
      className: 'md:w-1/2',
      cell: (event) => (
        <span className="break-words">
          <span className="font-medium">
            {event.subject.kind} <EventSubject event={event} />
          </span>
          : <OutsideText text={event.text} />
        </span>
      ),
    },
    {
      key: 'when',
      heading: 'Since',
      narrow: 'line',
      className: 'text-ink-soft',
      cell: ({ at, lastAt, times }) => (
        <>
          <Instant at={at} />
          {times > 1 && (
            <>
              , {times} times, last <Instant at={lastAt} />
            </>
          )}
        </>
      ),
    },
    {
      key: 'done',
      heading: 'Resolved',
      narrow: 'trail',
      align: 'end',
      cell: (event) =>
        event.resolvedAt ? (
          <span className="text-ink-soft">
            <Instant at={event.resolvedAt} />
            {event.resolvedBy && (
              <>
                {' '}
                by <OutsideText text={event.resolvedBy} />
              </>
            )}
          </span>
        ) : options.mayCommand ? (
          <ResolveEvent event={event} onDone={options.onDone} />
        ) : (
          'not yet'
        ),
    },
  ];
}
