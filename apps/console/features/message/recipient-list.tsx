'use client';

import { CircleHelp } from 'lucide-react';
import Link from 'next/link';
import type { Page, Recipient } from '@postern/admin-contract';
import { Due, formatCountOf, Instant, OutsideText, Panel, StateMark } from '@postern/console-ui';
import { QueueName } from '../queue/queue-name.tsx';
import { browserApi } from '../../live/browser-api.ts';
import { MoreButton } from '../table/more-button.tsx';
import { useMore } from '../table/use-more.ts';
import { ReplyLine } from './reply.tsx';

/** The recipients of a message: the state of each, where it waits or waited, and the last that was said about it. */
export function RecipientList(props: {
  readonly messageId: string;
  readonly page: Page<Recipient>;
  readonly total: number;
}) {
  const list = useMore({
    first: props.page,
    key: (recipient) => recipient.id,
    ask: (cursor) => browserApi.listRecipients({ params: { id: props.messageId }, query: { cursor } }),
  });
  return (
    <Panel
      title="Recipients"
      aside={<span className="text-xs text-ink-soft">{formatCountOf(props.total, 'recipient', 'recipients')}</span>}
    >
      <ul>
        {list.items.map((recipient) => (
          <li key={recipient.id} className="border-b border-line px-4 py-2.5 last:border-b-0">
            <div className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5">
              <span className="min-w-0 flex-1 basis-56 font-medium break-words">
                <OutsideText text={recipient.forwardPath} />
              </span>
              <StateMark state={recipient.state} />
            </div>
            <div className="mt-0.5 flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-ink-soft">
              <span>
                <Link
                  href={`/queues/${recipient.queue.id}`}
                  prefetch={false}
                  className="underline decoration-line-control underline-offset-2 hover:text-ink"
                >
                  <QueueName queue={recipient.queue} />
                </Link>
              </span>
              <span>{formatCountOf(recipient.attempts, 'attempt', 'attempts')}</span>
              {recipient.dueAt && recipient.state !== 'held' && (
                <span>
                  next <Due at={recipient.dueAt} />
                </span>
              )}
              {recipient.endedAt && (
                <span>
                  ended <Instant at={recipient.endedAt} />
                </span>
              )}
            </div>
            {recipient.lastReply && <ReplyLine reply={recipient.lastReply} className="mt-1 text-sm" />}
            {recipient.maybeDelivered && <MaybeDelivered />}
          </li>
        ))}
      </ul>
      <MoreButton more={list} word="recipients" />
    </Panel>
  );
}

/** SMTP cannot say whether a message arrived when the last reply is lost; whoever reads this may have to ask. */
function MaybeDelivered() {
  return (
    <p className="mt-1 flex items-start gap-1.5 text-xs text-wait">
      <CircleHelp aria-hidden className="mt-px size-3.5 shrink-0" />
      Maybe delivered: the final reply of an attempt was lost, so the recipient may get this message twice.
    </p>
  );
}
