'use client';

import Link from 'next/link';
import { useState } from 'react';
import type { Permission, QueueDetail } from '@postern/admin-contract';
import {
  Age,
  buttonLook,
  Callout,
  Due,
  Fact,
  Facts,
  Instant,
  OutsideText,
  Panel,
  StateCounts,
} from '@postern/console-ui';
import { QueueActions } from '../../../../features/queue/actions.tsx';
import { DomainList } from '../../../../features/queue/domain-list.tsx';
import { KeptBackPanel } from '../../../../features/queue/kept-back-panel.tsx';
import { PaceChanges } from '../../../../features/queue/pace-changes.tsx';
import { PacePanel } from '../../../../features/queue/pace-panel.tsx';
import { ReplyList } from '../../../../features/queue/reply-list.tsx';
import { QueueKind } from '../../../../features/queue/queue-name.tsx';
import { browserApi } from '../../../../live/browser-api.ts';
import { useRefresh } from '../../../../live/use-refresh.ts';

export function QueueClient(props: { readonly initial: QueueDetail; readonly permissions: readonly Permission[] }) {
  const [queue, setQueue] = useState(props.initial);
  const refresh = async () => {
    const result = await browserApi.showQueue({ params: { id: queue.id } });
    if ('ok' in result) setQueue(result.ok);
  };
  useRefresh({ wanted: true, refresh });
  return (
    <>
      <header className="mb-4 flex flex-wrap items-start gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <h1 className="text-xl font-semibold tracking-tight [overflow-wrap:anywhere]">
            <OutsideText text={queue.name} />
          </h1>
          <p className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
            <QueueKind kind={queue.kind} />
            <StateCounts counts={queue.counts} none="empty" />
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          <Link
            href={`/messages?q=${encodeURIComponent(`queue:${queue.id}`)}`}
            prefetch={false}
            className={buttonLook('plain')}
          >
            Show its messages
          </Link>
          <QueueActions queue={queue} permissions={props.permissions} onDone={refresh} />
        </div>
      </header>
      {queue.suspended && (
        <Callout tone="wait" title="Suspended: nothing is sent from this queue" className="mb-4">
          <p>
            Since <Instant at={queue.suspended.at} form="full" />
            {queue.suspended.until ? (
              <>
                {' '}
                until <Instant at={queue.suspended.until} />
              </>
            ) : (
              ', until someone resumes it,'
            )}{' '}
            by <OutsideText text={queue.suspended.by} />
            {queue.suspended.reason && (
              <>
                : <OutsideText text={queue.suspended.reason} />
              </>
            )}
          </p>
        </Callout>
      )}
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <KeptBackPanel keptBack={queue.keptBack} />
          <ReplyList queue={queue} />
          <PaceChanges changes={queue.pace.changes} />
          <DomainList domains={queue.domains} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <PacePanel pace={queue.pace} />
          <Panel title="Queue">
            <Facts className="grid-cols-2 xl:grid-cols-1">
              <Fact name="Oldest waits for">
                {queue.oldestAcceptedAt ? <Age since={queue.oldestAcceptedAt} /> : 'nothing waits'}
              </Fact>
              <Fact name="Next due">
                {queue.nextDueAt && !queue.suspended ? <Due at={queue.nextDueAt} /> : 'nothing'}
              </Fact>
              <Fact name="Queue id">
                <span className="tabular-nums">{queue.id}</span>
              </Fact>
            </Facts>
          </Panel>
        </div>
      </div>
    </>
  );
}
