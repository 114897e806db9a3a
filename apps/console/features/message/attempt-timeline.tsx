'use client';

import { Inbox } from 'lucide-react';
import type { Attempt, MessageDetail } from '@postern/admin-contract';
import { classNames, Instant, Panel, STATE_LOOK, TONE_TEXT } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { MoreButton } from '../table/more-button.tsx';
import { useMore } from '../table/use-more.ts';
import { AttemptCard } from './attempt-card.tsx';

/** What happened to a message, the latest first, down to its acceptance. */
export function AttemptTimeline({ message }: { readonly message: MessageDetail }) {
  const list = useMore({
    first: message.attemptPage,
    key: (attempt) => attempt.id,
    ask: (cursor) => browserApi.listAttempts({ params: { id: message.id }, query: { cursor } }),
  });
  return (
    <Panel title="Delivery attempts">
      <ol className="px-4 pt-4">
        {list.items.map((attempt) => (
          <Entry key={attempt.id} outcome={attempt.outcome}>
            <AttemptCard attempt={attempt} only={message.recipients.total === 1} />
          </Entry>
        ))}
        {!list.askMore && (
          <Entry outcome="accepted">
            <p className="pb-4 text-sm">
              <span className="font-medium">Accepted</span>{' '}
              <span className="text-ink-soft">
                <Instant at={message.acceptedAt} />
                {list.items.length === 0 && ' · no attempt yet'}
              </span>
            </p>
          </Entry>
        )}
      </ol>
      <MoreButton more={list} word="attempts" />
    </Panel>
  );
}

function Entry(props: { readonly outcome: Attempt['outcome'] | 'accepted'; readonly children: React.ReactNode }) {
  const look = props.outcome === 'accepted' ? undefined : STATE_LOOK[props.outcome];
  const Icon = look?.icon ?? Inbox;
  return (
    <li className="group relative flex gap-3">
      <span aria-hidden className="absolute top-6 bottom-0 left-2.75 w-px bg-line group-last:hidden" />
      <span
        aria-hidden
        className="relative flex size-6 shrink-0 items-center justify-center rounded-full border border-line bg-surface"
      >
        <Icon className={classNames('size-3.5', look ? TONE_TEXT[look.tone] : 'text-ink-soft')} strokeWidth={2.25} />
      </span>
      <div className="min-w-0 flex-1 pt-0.5">{props.children}</div>
    </li>
  );
}
