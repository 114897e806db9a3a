import { CirclePause, Hourglass } from 'lucide-react';
import type { Queue } from '@postern/admin-contract';
import { Age, Due, StateCounts } from '@postern/console-ui';
import { ReplyLine } from '../message/reply.tsx';
import type { Column } from '../table/data-table.tsx';
import { RowLink } from '../table/row-link.tsx';
import { trendColumn } from '../trend/trend-column.tsx';
import type { TrendsById } from '../trend/use-trends.ts';
import { QueueKind, QueueName } from './queue-name.tsx';

/** The columns of the queues table. */
export function queueColumns(trends: TrendsById): readonly Column<Queue>[] {
  return [
    {
      key: 'name',
      heading: 'Queue',
      narrow: 'lead',
      className: 'md:w-[24%] md:max-w-0 md:min-w-48',
      cell: (queue) => (
        <span className="flex min-w-0 items-center gap-2 max-md:flex-wrap">
          <span className="min-w-0 md:truncate">
            <RowLink href={`/queues/${queue.id}`}>
              <QueueName queue={queue} />
            </RowLink>
          </span>
          {queue.suspended && (
            <span className="inline-flex shrink-0 items-center gap-1 rounded-sm bg-hold/10 px-1.5 text-xs font-medium text-hold">
              <CirclePause aria-hidden className="size-3" />
              suspended
            </span>
          )}
          {queue.sends.restUntil && !queue.suspended && (
            <span className="inline-flex shrink-0 items-center gap-1 rounded-sm bg-wait/10 px-1.5 text-xs font-medium text-wait">
              <Hourglass aria-hidden className="size-3" />
              rests
            </span>
          )}
        </span>
      ),
    },
    { key: 'kind', heading: 'Kind', narrow: 'trail', from: 'xl', cell: (queue) => <QueueKind kind={queue.kind} /> },
    {
      key: 'depth',
      heading: 'Depth by state',
      narrow: 'line',
      cell: (queue) => <StateCounts counts={queue.counts} none="empty" />,
    },
    trendColumn(trends, (queue) => String(queue.id)),
    {
      key: 'lanes',
      heading: 'Lanes',
      narrow: 'hidden',
      align: 'end',
      from: 'lg',
      cell: (queue) => <Sends queue={queue} />,
    },
    {
      key: 'oldest',
      heading: 'Oldest',
      narrow: 'hidden',
      align: 'end',
      cell: (queue) => (queue.oldestAcceptedAt ? <Age since={queue.oldestAcceptedAt} /> : <None />),
    },
    {
      key: 'due',
      heading: 'Next due',
      narrow: 'hidden',
      align: 'end',
      cell: (queue) => (queue.nextDueAt && !queue.suspended ? <Due at={queue.nextDueAt} /> : <None />),
    },
    {
      key: 'times',
      heading: 'Times',
      narrow: 'line',
      from: 'never',
      cell: (queue) => <Times queue={queue} />,
    },
    {
      key: 'reply',
      heading: 'Last reply',
      narrow: 'line',
      className: 'md:w-[32%] md:max-w-0',
      cell: (queue) =>
        queue.lastAttempt ? (
          <ReplyLine reply={queue.lastAttempt.reply} />
        ) : (
          <span className="text-ink-faint">no attempt yet</span>
        ),
    },
  ];
}

/** Lanes that run of those that may, and the rate where there is one. */
function Sends({ queue: { sends } }: { readonly queue: Queue }) {
  const { running, lanes, mostLanes, perMinute } = sends;
  return (
    <span
      title={`${running} lanes run, ${lanes} may, ${mostLanes} at most${perMinute === null ? '' : `; ${perMinute} messages a minute`}`}
      className={lanes < mostLanes && running > 0 ? 'text-wait tabular-nums' : 'tabular-nums'}
    >
      {running} / {lanes}
      {perMinute !== null && <span className="block text-xs text-ink-soft">{Math.round(perMinute * 10) / 10}/min</span>}
    </span>
  );
}

/** Oldest and next due in words, for a card. */
function Times({ queue }: { readonly queue: Queue }) {
  if (!queue.oldestAcceptedAt) return null;
  return (
    <span className="text-xs text-ink-soft">
      oldest <Age since={queue.oldestAcceptedAt} />
      {queue.nextDueAt && !queue.suspended && (
        <>
          {' · next due '}
          <Due at={queue.nextDueAt} />
        </>
      )}
    </span>
  );
}

function None() {
  return (
    <span className="text-ink-faint" title="none">
      –
    </span>
  );
}
