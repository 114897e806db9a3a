import type { Queue } from '@postern/admin-contract';
import { Age, OutsideText, Panel, StateCounts } from '@postern/console-ui';
import { ReplyLine } from '../message/reply.tsx';
import { RowLink } from '../table/row-link.tsx';
import { QueueName } from './queue-name.tsx';
import { PanelLink } from '../shell/panel-link.tsx';

/** A few queues that come first by some measure, each with what it last heard. */
export function TopQueues(props: { readonly title: string; readonly queues: readonly Queue[]; readonly path: string }) {
  return (
    <Panel title={props.title} aside={<PanelLink href={props.path}>All queues</PanelLink>}>
      {props.queues.length === 0 ? (
        <p className="px-4 py-3.5 text-ink-soft">Nothing waits.</p>
      ) : (
        <ul>
          {props.queues.map((queue) => (
            <li
              key={queue.id}
              className="relative border-b border-line px-4 py-2.5 last:border-b-0 last:rounded-b-lg hover:bg-hover"
            >
              <div className="flex items-baseline gap-3">
                <span className="min-w-0 flex-1 truncate">
                  <RowLink href={`/queues/${queue.id}`}>
                    <QueueName queue={queue} />
                  </RowLink>
                </span>
                {queue.oldestAcceptedAt && (
                  <span className="text-xs text-ink-soft">
                    oldest <Age since={queue.oldestAcceptedAt} />
                  </span>
                )}
              </div>
              <div className="mt-0.5 text-xs">
                <StateCounts counts={queue.counts} none="empty" />
              </div>
              {queue.lastAttempt && <ReplyLine reply={queue.lastAttempt.reply} className="mt-0.5 text-xs" />}
              {queue.suspended && (
                <p className="mt-0.5 text-xs text-hold">
                  suspended by <OutsideText text={queue.suspended.by} />
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
