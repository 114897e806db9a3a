'use client';

import { useState } from 'react';
import type { MessageDetail, Permission } from '@postern/admin-contract';
import { CopyButton, Instant, OutsideText, StateCounts } from '@postern/console-ui';
import { MessageActions } from '../../../../features/message/actions.tsx';
import { AttemptTimeline } from '../../../../features/message/attempt-timeline.tsx';
import { ContentPanel } from '../../../../features/message/content-panel.tsx';
import { MessageFacts } from '../../../../features/message/message-facts.tsx';
import { RecipientList } from '../../../../features/message/recipient-list.tsx';
import { browserApi } from '../../../../live/browser-api.ts';
import { useRefresh } from '../../../../live/use-refresh.ts';

const WAITING = ['queued', 'sending', 'deferred', 'held'] as const;

export function MessageClient(props: { readonly initial: MessageDetail; readonly permissions: readonly Permission[] }) {
  const [message, setMessage] = useState(props.initial);
  const refresh = async () => {
    const result = await browserApi.showMessage({ params: { id: message.id } });
    if ('ok' in result) setMessage(result.ok);
  };
  useRefresh({ wanted: WAITING.some((state) => (message.recipients.states[state] ?? 0) > 0), refresh });
  return (
    <>
      <header className="mb-4 flex flex-wrap items-start gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <h1 className="text-xl font-semibold tracking-tight break-words">
            <OutsideText text={message.subject} empty="no subject" />
          </h1>
          <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-soft">
            <span>
              Accepted <Instant at={message.acceptedAt} form="full" />
            </span>
            <span className="inline-flex items-center gap-0.5">
              <code className="font-mono text-xs break-all">{message.id}</code>
              <CopyButton text={message.id} label="Copy the message's id" />
            </span>
          </p>
          <p className="mt-1 text-sm">
            <StateCounts counts={message.recipients.states} none="no recipients" />
          </p>
        </div>
        {props.permissions.includes('messages:command') && <MessageActions message={message} onDone={refresh} />}
      </header>
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <RecipientList messageId={message.id} page={message.recipientPage} total={message.recipients.total} />
          <AttemptTimeline message={message} />
          {props.permissions.includes('messages:content') && message.contentKept && (
            <ContentPanel messageId={message.id} />
          )}
        </div>
        <MessageFacts message={message} />
      </div>
    </>
  );
}
