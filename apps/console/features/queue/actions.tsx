'use client';

import { ChevronDown, CirclePause, CirclePlay, RotateCw } from 'lucide-react';
import { useState } from 'react';
import type { OperationKind, Permission, QueueDetail } from '@postern/admin-contract';
import { Button, formatCountOf, Menu, MenuItem } from '@postern/console-ui';
import { CommandDialog } from '../command/command-dialog.tsx';
import { BulkDialog } from '../operation/bulk-dialog.tsx';
import { OPERATION_WORDS } from '../operation/words.ts';
import { browserApi } from '../../live/browser-api.ts';
import { LimitDialog } from './limit-dialog.tsx';
import { depthOf } from './merge-queues.ts';
import { SuspendDialog } from './suspend-dialog.tsx';

type Asked = 'retry' | 'suspend' | 'resume' | 'limit' | { readonly operation: OperationKind };
const OPERATIONS = ['reroute', 'hold', 'release', 'expire', 'bounce', 'cancel'] as const;

/** What an operator can do with a queue, and with all that waits in it. */
export function QueueActions(props: {
  readonly queue: QueueDetail;
  readonly permissions: readonly Permission[];
  readonly onDone: () => Promise<void>;
}) {
  const { queue, permissions } = props;
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  const close = () => setAsked(undefined);
  const mayCommand = permissions.includes('queues:command');
  const mayMove = permissions.includes('messages:command') && depthOf(queue) > 0;
  return (
    <>
      {mayCommand && (queue.counts.deferred > 0 || queue.pace.rest) && !queue.suspended && (
        <Button icon={RotateCw} onClick={() => setAsked('retry')}>
          Retry now
        </Button>
      )}
      {mayCommand &&
        (queue.suspended ? (
          <Button icon={CirclePlay} kind="primary" onClick={() => setAsked('resume')}>
            Resume
          </Button>
        ) : (
          <Button icon={CirclePause} onClick={() => setAsked('suspend')}>
            Suspend
          </Button>
        ))}
      {(mayCommand || mayMove) && (
        <Menu
          trigger={
            <Button>
              More
              <ChevronDown aria-hidden />
            </Button>
          }
        >
          {mayCommand && <MenuItem onSelect={() => setAsked('limit')}>Limit its pace</MenuItem>}
          {mayMove &&
            OPERATIONS.map((operation) => (
              <MenuItem
                key={operation}
                kind={OPERATION_WORDS[operation].harm ? 'danger' : 'plain'}
                onSelect={() => setAsked({ operation })}
              >
                {OPERATION_WORDS[operation].verb} what waits
              </MenuItem>
            ))}
        </Menu>
      )}
      {asked === 'suspend' && <SuspendDialog queue={queue} onClose={close} onDone={props.onDone} />}
      {asked === 'limit' && <LimitDialog queue={queue} onClose={close} onDone={props.onDone} />}
      {(asked === 'retry' || asked === 'resume') && (
        <Simple asked={asked} queue={queue} onClose={close} onDone={props.onDone} />
      )}
      {typeof asked === 'object' && (
        <BulkDialog
          kind={asked.operation}
          query={`queue:${queue.id}`}
          what={`what waits in ${queue.name}`}
          onClose={close}
          onDone={props.onDone}
        />
      )}
    </>
  );
}

function Simple(props: {
  readonly asked: 'retry' | 'resume';
  readonly queue: QueueDetail;
  readonly onClose: () => void;
  readonly onDone: () => Promise<void>;
}) {
  const { queue } = props;
  const COMMANDS = {
    retry: {
      title: 'Retry now',
      says: `${formatCountOf(queue.counts.deferred, 'deferred recipient', 'deferred recipients')} will be due at once, and its rest ends.`,
      ask: browserApi.retryQueue,
    },
    resume: {
      title: 'Resume this queue',
      says: `${formatCountOf(depthOf(queue), 'recipient', 'recipients')} will be sent again as they fall due.`,
      ask: browserApi.resumeQueue,
    },
  } as const;
  const command = COMMANDS[props.asked];
  return (
    <CommandDialog<unknown>
      title={command.title}
      says={command.says}
      verb={command.title}
      kind="primary"
      onClose={props.onClose}
      command={(body) => command.ask({ params: { id: queue.id }, body })}
      onDone={props.onDone}
    />
  );
}
