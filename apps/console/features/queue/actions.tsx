'use client';

import { CirclePause, CirclePlay, RotateCw } from 'lucide-react';
import { useState } from 'react';
import type { QueueDetail } from '@postern/admin-contract';
import { Button, formatCountOf } from '@postern/console-ui';
import { CommandDialog } from '../command/command-dialog.tsx';
import { browserApi } from '../../live/browser-api.ts';
import { depthOf } from './merge-queues.ts';

/** What an operator can do with a queue. */
export function QueueActions({ queue, onDone }: { readonly queue: QueueDetail; readonly onDone: () => Promise<void> }) {
  const [asked, setAsked] = useState<'retry' | 'suspend' | 'resume' | undefined>(undefined);
  const params = { id: queue.id };
  const waiting = formatCountOf(depthOf(queue), 'recipient', 'recipients');
  const COMMANDS = {
    retry: {
      title: 'Retry now',
      says: `${formatCountOf(queue.counts.deferred, 'deferred recipient', 'deferred recipients')} will be due at once.`,
      ask: browserApi.retryQueue,
    },
    suspend: {
      title: 'Suspend this queue',
      says: `Nothing is sent from it until it is resumed; ${waiting} will wait. What is under way is finished.`,
      ask: browserApi.suspendQueue,
    },
    resume: {
      title: 'Resume this queue',
      says: `${waiting} will be sent again as they fall due.`,
      ask: browserApi.resumeQueue,
    },
  } as const;
  const command = asked && COMMANDS[asked];
  return (
    <>
      {queue.counts.deferred > 0 && !queue.suspended && (
        <Button onClick={() => setAsked('retry')}>
          <RotateCw aria-hidden className="size-4" />
          Retry now
        </Button>
      )}
      {queue.suspended ? (
        <Button kind="primary" onClick={() => setAsked('resume')}>
          <CirclePlay aria-hidden className="size-4" />
          Resume
        </Button>
      ) : (
        <Button onClick={() => setAsked('suspend')}>
          <CirclePause aria-hidden className="size-4" />
          Suspend
        </Button>
      )}
      {command && (
        <CommandDialog
          title={command.title}
          says={command.says}
          verb={command.title}
          kind="primary"
          onClose={() => setAsked(undefined)}
          command={(body) => command.ask({ params, body })}
          onDone={onDone}
        />
      )}
    </>
  );
}
