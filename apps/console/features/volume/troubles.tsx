import { CirclePause, Hourglass } from 'lucide-react';
import type { QueueTrouble } from '@postern/admin-contract';
import { Due, formatCount, Instant, OutsideText, Panel, StateCounts } from '@postern/console-ui';
import { replyHead, replyTone, replyWords } from '../message/reply.tsx';
import { QueueName } from '../queue/queue-name.tsx';
import { RowLink } from '../table/row-link.tsx';
import { PanelLink } from '../shell/panel-link.tsx';

/** The sites and routes with the most trouble, then the busiest: how much, why, and what was heard last. */
export function Troubles({ items }: { readonly items: readonly QueueTrouble[] }) {
  return (
    <Panel title="Sites and routes, those with trouble first" aside={<PanelLink href="/queues">All queues</PanelLink>}>
      {items.length === 0 ? (
        <p className="px-4 py-3.5 text-ink-soft">Nothing was attempted in this time.</p>
      ) : (
        <ul>
          {items.map((item) => (
            <li
              key={item.queue.id}
              className="relative border-b border-line px-4 py-2.5 last:rounded-b-lg last:border-b-0 hover:bg-hover"
            >
              <div className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5">
                <span className="min-w-0 flex-1 basis-56 truncate">
                  <RowLink href={`/queues/${item.queue.id}`}>
                    <QueueName queue={item.queue} />
                  </RowLink>
                </span>
                <StateCounts
                  counts={{
                    delivered: item.delivered,
                    deferred: item.deferred,
                    bounced: item.bounced,
                    expired: item.expired,
                  }}
                  none="nothing"
                />
              </div>
              <Cause item={item} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Cause({ item }: { readonly item: QueueTrouble }) {
  const { classes, lastFailure, restUntil, suspended, waiting } = item;
  return (
    <div className="mt-0.5 flex flex-wrap items-baseline gap-x-4 gap-y-0.5 text-xs text-ink-soft">
      {suspended && (
        <span className="inline-flex items-center gap-1 font-medium text-hold">
          <CirclePause aria-hidden className="size-3.5" />
          suspended
        </span>
      )}
      {restUntil && (
        <span className="inline-flex items-center gap-1 font-medium text-wait">
          <Hourglass aria-hidden className="size-3.5" />
          rests, again <Due at={restUntil} />
        </span>
      )}
      {waiting > 0 && <span className="tabular-nums">{formatCount(waiting)} waiting</span>}
      {classes.length > 0 && (
        <span>
          {classes.map((each) => `${each.class.replaceAll('_', ' ')} ${formatCount(each.recipients)}`).join(' · ')}
        </span>
      )}
      {lastFailure && (
        <span className="min-w-0 basis-full truncate" title={lastFailure.reply.text}>
          <Instant at={lastFailure.at} />{' '}
          <span className={`font-mono font-medium ${replyTone(lastFailure.reply.code)}`}>
            {replyHead(lastFailure.reply)}
          </span>{' '}
          <OutsideText text={replyWords(lastFailure.reply)} />
        </span>
      )}
    </div>
  );
}
